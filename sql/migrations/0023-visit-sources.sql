-- Where a visit is known from is kept: a report at the door, too. Closing a month may say why.

alter table wangge.visits drop constraint visits_evidence;

-- Until now a report was entered as a form.
update wangge.visits set evidence = 'incident'
where evidence = 'form' and entered_by is not null and visit_id like 'incident-%';

alter table wangge.visits
  add constraint visits_evidence check (evidence in ('passed', 'stay', 'check_in', 'form', 'incident'));

comment on table wangge.visits is '走访: somebody was at a household or place. `passed` and `stay` come from files; `check_in`, `form` and `incident` (reported at the door) are entered. What a trace passed is in wangge.passes and wangge.ground_passes.';

alter table wangge.closed_months
  add column remark text,
  add constraint closed_months_remark_not_blank check (remark ~ '[^[:space:]]');

comment on column wangge.closed_months.remark is 'What whoever closed it had to say; null: nothing.';
