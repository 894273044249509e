-- Masked or not: where somebody went, where they are and what they are suspected of are noted as well.

comment on table wangge.access_log is 'Every reading of personal data, without the data: in the clear, found by words, traces, positions now, evidence.';
