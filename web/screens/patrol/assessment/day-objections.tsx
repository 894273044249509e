/** In the drawer of a day: what was objected to, how it was decided, and the form to object. */
import type { ReactNode } from 'react'
import type { Objection } from '../../../../server/contract/assessment.ts'
import { ToggledForm } from '../../../frame/entry-form.tsx'
import { Failed } from '../../../frame/states.tsx'
import { formatClock } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { navigate, useStored } from '../../../state.ts'
import { useAccount } from '../account.ts'
import { useMarked, usePatrolDayShown } from '../data.ts'
import { spanOfTarget } from '../trace-time.ts'
import { useMayObject, useObjections } from './data.ts'
import { text } from './entry-text.ts'
import { ObjectionForm } from './objection-form.tsx'

export function DayObjections({ worker }: { readonly worker: string }): ReactNode {
  const say = useSay()
  const area = useArea()
  const day = usePatrolDayShown()
  const mayObject = useMayObject()
  const [marked] = useMarked()
  const selected = spanOfTarget(useStored((state) => state.address.selection))
  const { data, current, error, reload } = useObjections(worker)
  const { seesRecords } = useAccount()
  if (!area || !day || !seesRecords) return null
  const own = current ? data?.objections.filter((one) => one.day === day) : undefined
  return (
    <section aria-label={say(text.objections)}>
      <h2>{say(text.objections)}</h2>
      {error && !own && <Failed error={error} onRetry={reload} />}
      {own?.length === 0 && <p className="quiet">{say(text.noObjection)}</p>}
      {own && own.length > 0 && (
        <ul className="plain-list entries">
          {own.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className="link-button"
                onClick={() =>
                  navigate({
                    choices: { view: 'sheets', part: 'objections' },
                    selection: { kind: 'objection', id: one.id },
                  })
                }
              >
                {formatClock(one.from)}–{clockOfEnd(one)}
              </button>{' '}
              · {say(stateOf(one))}
              <div>{one.claim}</div>
              {one.reason !== null && (
                <div className="quiet">
                  {say(text.reason)}：{one.reason}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayObject && (
        <ToggledForm key={`${worker} ${day}`} label={say(text.object)}>
          {(close) => (
            <ObjectionForm
              area={area.code}
              worker={worker}
              day={day}
              marked={marked ?? selected}
              onClose={close}
            />
          )}
        </ToggledForm>
      )}
    </section>
  )
}

export const stateOf = ({ verdict }: Objection) => (verdict === null ? text.open : text.verdicts[verdict])

/** 24:00 at the end of the day. */
export const clockOfEnd = ({ to, from }: Objection): string =>
  formatClock(to) === '00:00' && to > from ? '24:00' : formatClock(to)
