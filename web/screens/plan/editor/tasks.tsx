/** What a plan in force leaves for people to settle, and who settled it when. */
import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import type { PlanTask } from '../../../../server/contract/plan-remarks.ts'
import type { PlanDetail } from '../../../../server/contract/plans.ts'
import { api } from '../../../api.ts'
import type { ApiError } from '../../../api-error.ts'
import { settlePlanTask } from '../../../api-plans.ts'
import { Failed } from '../../../frame/states.tsx'
import { formatMoment, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useStored } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { text } from './flow-text.ts'

export function Tasks({ plan }: { readonly plan: PlanDetail }): ReactNode {
  const say = useSay()
  const { data, error, reload } = useResource(api.planTasks(plan.id))
  const role = useResource(api.session()).data?.role
  const maySettle = role === 'planner' || role === 'supervisor' || role === 'administrator'
  return (
    <section>
      <h2>
        {say(text.tasks)}
        {data && data.open > 0 && (
          <span className="tab-count">{say(text.tasksOpen, { n: formatNumber(data.open) })}</span>
        )}
      </h2>
      {error && !data && <Failed error={error} onRetry={reload} />}
      {data?.tasks.length === 0 && <p className="quiet">{say(text.noTasks)}</p>}
      <ul className="change-list" aria-label={say(text.tasks)}>
        {data?.tasks.map((task) => (
          <TaskLine key={task.id} plan={plan.id} task={task} maySettle={maySettle} onSettled={reload} />
        ))}
      </ul>
    </section>
  )
}

interface LineProps {
  readonly plan: string
  readonly task: PlanTask
  readonly maySettle: boolean
  readonly onSettled: () => void
}

function TaskLine({ plan, task, maySettle, onSettled }: LineProps): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const [asked, setAsked] = useState(false)
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ApiError | null>(null)
  const about = [task.grid?.slice(-6), task.worker].filter(Boolean).join(' · ')
  const settle = async (): Promise<void> => {
    setBusy(true)
    setFailed(null)
    try {
      await settlePlanTask(plan, task.id, note.trim() === '' ? null : note.trim())
      onSettled()
    } catch (thrown) {
      setFailed(thrown as ApiError)
    } finally {
      setBusy(false)
    }
  }
  return (
    <li className={task.settled_at === null ? '' : 'is-settled'}>
      <div className="task-line">
        <span>
          {say(text.taskKinds[task.kind])}{' '}
          <span className="quiet">
            {about}
            {task.households.length > 0 &&
              ` · ${say(text.householdsN, { n: formatNumber(task.households.length) })}`}
          </span>
        </span>
        {maySettle && task.settled_at === null && !asked && (
          <Button
            size="small"
            aria-label={say(text.settleTask, { task: `${say(text.taskKinds[task.kind])} ${about}` })}
            onClick={() => setAsked(true)}
          >
            {say(text.settle)}
          </Button>
        )}
      </div>
      {task.settled_at !== null && (
        <p className="quiet">
          {say(text.settledBy, { who: task.settled_by ?? '', when: formatMoment(language, task.settled_at) })}
        </p>
      )}
      {task.note && <p className="quiet">{task.note}</p>}
      {asked && task.settled_at === null && (
        <form
          className="task-form"
          onSubmit={(event) => {
            event.preventDefault()
            void settle()
          }}
        >
          <Input
            size="small"
            // The person has just asked for it.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            maxLength={2000}
            aria-label={say(text.settleNote)}
            placeholder={say(text.settleNote)}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button size="small" type="primary" htmlType="submit" loading={busy}>
            {say(text.settle)}
          </Button>
          <Button size="small" disabled={busy} onClick={() => setAsked(false)}>
            {say(text.cancel)}
          </Button>
        </form>
      )}
      {failed && <Failed error={failed} />}
    </li>
  )
}
