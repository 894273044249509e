/** From draft to in force: the next step for this person, what was decided before, remarks and tasks. */
import { App, Button, DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useState } from 'react'
import type { PlanDetail } from '../../../../server/contract/plans.ts'
import { api } from '../../../api.ts'
import type { ApiError } from '../../../api-error.ts'
import { decidePlan, enactPlan, remarkOnPlan } from '../../../api-plans.ts'
import { Failed } from '../../../frame/states.tsx'
import { addDays, formatDay, formatMoment, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { today } from '../../../period.ts'
import { useStored } from '../../../state.ts'
import { refreshResources, useResource } from '../../../use-resource.ts'
import { ApprovalGroups, groupKey } from './approval-groups.tsx'
import { useEditing, useSession } from './editing.ts'
import { text } from './flow-text.ts'
import { isOpen } from './open-plan.ts'
import { Tasks } from './tasks.tsx'

interface Props {
  readonly plan: PlanDetail
  readonly onDone: () => void
}

export function Flow({ plan, onDone }: Props): ReactNode {
  return (
    <div className="changes">
      <NextStep plan={plan} onDone={onDone} />
      <Decisions plan={plan} />
      {(plan.status === 'in_force' || plan.status === 'superseded') && <Tasks plan={plan} />}
      <Comments plan={plan} />
    </div>
  )
}

/** Submit, approve, return, withdraw, put in force: what the status and the role allow. */
function NextStep({ plan, onDone }: Props): ReactNode {
  const say = useSay()
  const { notification } = App.useApp()
  const session = useEditing((editing) => editing.session)
  const revision = useSession((state) => state.revision) ?? plan.revision
  const role = useResource(api.session()).data?.role
  const [day, setDay] = useState(() => plan.effective_from ?? addDays(today(), 1))
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ApiError | null>(null)
  const mayDraw = role === 'planner' || role === 'administrator'
  const mayDecide = role === 'supervisor' || role === 'administrator'
  const canDecide = plan.status === 'submitted' && mayDecide
  const [groups, setGroups] = useState<ReadonlySet<string>>(new Set())

  const step = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    setFailed(null)
    try {
      await work()
      setReason('')
      onDone()
      refreshResources()
    } catch (thrown) {
      setFailed(thrown as ApiError)
    } finally {
      setBusy(false)
    }
  }
  const said = reason.trim() === '' ? null : reason.trim()
  const submit = async (): Promise<void> => {
    if (session && !(await session.settled())) return
    const saved = session?.store.read().revision ?? revision
    await decidePlan(plan.id, 'submit', { revision: saved, from: day, reason: said })
  }
  const pending = (useResource(canDecide ? api.planChanges(plan.id) : null).data?.groups ?? []).filter(
    (group) => group.state === 'pending',
  )
  const chosen = pending.filter((group) => groups.has(groupKey(group)))
  const grids = chosen.length === 0 ? null : chosen.flatMap((group) => group.grids)
  const approve = async (): Promise<void> => {
    await decidePlan(plan.id, 'approve', { revision: plan.revision, grids, reason: said })
    setGroups(new Set())
  }
  const sendBack = async (): Promise<void> => {
    await decidePlan(plan.id, 'return', { revision: plan.revision, grids, reason: reason.trim() })
    setGroups(new Set())
  }
  const enact = async (): Promise<void> => {
    const made = await enactPlan(plan.id, plan.revision, day)
    notification.success({
      title: say(text.enacted, {
        grids: formatNumber(made.grids_written),
        retired: formatNumber(made.grids_retired.length),
        tasks: formatNumber(made.tasks),
      }),
      placement: 'bottomRight',
    })
  }
  const canSubmit = isOpen(plan) && mayDraw
  const canEnact = plan.status === 'approved' && mayDecide
  return (
    <section className="next-step">
      {(canSubmit || canEnact) && (
        <label className="form-field">
          {say(text.firstDay)}
          <DatePicker
            allowClear={false}
            value={dayjs(day)}
            minDate={dayjs(today())}
            onChange={(next) => next && setDay(next.format('YYYY-MM-DD'))}
          />
        </label>
      )}
      {plan.status === 'submitted' && (
        <ApprovalGroups plan={plan} chosen={groups} onChoose={canDecide ? setGroups : null} />
      )}
      {(canSubmit || canDecide) && (
        <label className="form-field">
          {say(canDecide ? text.verdictRemark : text.remark)}
          <Input.TextArea
            rows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      )}
      {canSubmit && <p className="quiet">{say(text.submitHint)}</p>}
      {canEnact && <p className="quiet">{say(text.enactHint)}</p>}
      {plan.status === 'submitted' && !mayDecide && <p className="quiet">{say(text.waitsFor)}</p>}
      <div className="state-actions">
        {canSubmit && (
          <Button type="primary" loading={busy} onClick={() => void step(submit)}>
            {say(text.submit)}
          </Button>
        )}
        {canDecide && (
          <Button type="primary" loading={busy} onClick={() => void step(approve)}>
            {chosen.length === 0 ? say(text.approve) : say(text.approveSome, { n: chosen.length })}
          </Button>
        )}
        {canDecide && (
          <Button
            disabled={busy || said === null}
            title={say(text.returnReason)}
            onClick={() => void step(sendBack)}
          >
            {chosen.length === 0 ? say(text.return) : say(text.returnSome, { n: chosen.length })}
          </Button>
        )}
        {canEnact && (
          <Button type="primary" loading={busy} onClick={() => void step(enact)}>
            {say(text.enact)}
          </Button>
        )}
        {(isOpen(plan) || plan.status === 'submitted') && mayDraw && (
          <Button
            disabled={busy}
            onClick={() => void step(() => decidePlan(plan.id, 'withdraw', { revision, reason: said }))}
          >
            {say(text.withdraw)}
          </Button>
        )}
      </div>
      {failed && <Failed error={failed} />}
    </section>
  )
}

function Decisions({ plan }: { readonly plan: PlanDetail }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  return (
    <section>
      <h2>{say(text.decisions)}</h2>
      {plan.decisions.length === 0 && <p className="quiet">{say(text.noDecisions)}</p>}
      {plan.effective_from && (
        <p className="quiet">
          {say(text.firstDay)} {formatDay(language, plan.effective_from, true)}
        </p>
      )}
      <ul className="change-list">
        {plan.decisions.toReversed().map((one) => (
          <li key={`${one.kind} ${one.decided_at}`}>
            <div>
              <b>{say(text.kinds[one.kind])}</b> {one.reason}
            </div>
            <div className="quiet">
              {say(text.decided, {
                who: one.decided_by,
                when: formatMoment(language, one.decided_at),
                revision: one.revision,
              })}
              {one.grids && ` · ${one.grids.map((code) => code.slice(-6)).join(' ')}`}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Comments({ plan }: { readonly plan: PlanDetail }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const selection = useStored((state) => state.address.selection)
  const { data, error, reload } = useResource(api.planComments(plan.id))
  const [draft, setDraft] = useState('')
  const [failed, setFailed] = useState<ApiError | null>(null)
  const grid = selection?.kind === 'grid' ? selection.id : null
  const send = async (): Promise<void> => {
    try {
      await remarkOnPlan(plan.id, draft.trim(), grid)
      setDraft('')
      setFailed(null)
      reload()
    } catch (thrown) {
      setFailed(thrown as ApiError)
    }
  }
  return (
    <section>
      <h2>{say(text.comments)}</h2>
      {error && !data && <Failed error={error} onRetry={reload} />}
      {data?.comments.length === 0 && <p className="quiet">{say(text.noComments)}</p>}
      <ul className="change-list">
        {data?.comments.map((one) => (
          <li key={one.id}>
            <div>{one.body}</div>
            <div className="quiet">
              {[one.grid?.slice(-6), one.author, formatMoment(language, one.made_at)]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </li>
        ))}
      </ul>
      <Input.TextArea
        rows={2}
        maxLength={4000}
        aria-label={say(text.addComment)}
        placeholder={grid === null ? say(text.addComment) : `${say(text.addComment)} · ${grid.slice(-6)}`}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
      />
      <div className="state-actions">
        <Button size="small" disabled={draft.trim() === ''} onClick={() => void send()}>
          {say(text.send)}
        </Button>
      </div>
      {failed && <Failed error={failed} />}
    </section>
  )
}
