/** The grids that a submitted plan changes, in the groups in which they can be decided on; who may decide chooses among them. */
import { Checkbox } from 'antd'
import type { ReactNode } from 'react'
import type { Plan, PlanChangesReport } from '../../../../server/contract/plans.ts'
import { api } from '../../../api.ts'
import { Failed, Loading } from '../../../frame/states.tsx'
import { formatArea, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { hover } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { useSession } from './editing.ts'
import { text } from './flow-text.ts'

type Group = PlanChangesReport['groups'][number]

/** A grid belongs to one group only: its first names it. */
export const groupKey = (group: Pick<Group, 'grids'>): string => group.grids[0] ?? ''

interface Props {
  readonly plan: Plan
  readonly chosen: ReadonlySet<string>
  /** Null: only to be read. */
  readonly onChoose: ((chosen: ReadonlySet<string>) => void) | null
}

export function ApprovalGroups({ plan, chosen, onChoose }: Props): ReactNode {
  const say = useSay()
  const { data, error, reload } = useResource(api.planChanges(plan.id))
  if (error && !data) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={3} />
  const toggle = (key: string): void => {
    const next = new Set(chosen)
    if (!next.delete(key)) next.add(key)
    onChoose?.(next)
  }
  return (
    <fieldset className="approval-groups">
      <legend>{say(text.groups)}</legend>
      <p className="quiet">{say(text.groupsHint)}</p>
      <ul className="change-list">
        {data.groups.map((group) => {
          const key = groupKey(group)
          return (
            <li key={key}>
              {onChoose && group.state === 'pending' ? (
                <Checkbox
                  checked={chosen.has(key)}
                  onChange={() => toggle(key)}
                  onMouseEnter={() => hover({ kind: 'grid', id: key })}
                  onMouseLeave={() => hover(null)}
                >
                  <GroupNames group={group} />
                </Checkbox>
              ) : (
                <GroupNames group={group} />
              )}
              <span className={`status-tag is-${group.state}`}>{say(text.groupStates[group.state])}</span>
              <p className="quiet">
                {group.grids.length > 1 && `${say(text.groupOf, { n: group.grids.length })} · `}
                {say(text.groupMoves, {
                  households: formatNumber(group.households),
                  area: formatArea(group.area_m2),
                })}
              </p>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}

function GroupNames({ group }: { readonly group: Group }): ReactNode {
  const drawing = useSession((state) => state.drawing)
  return group.grids.map((code) => drawing?.grids.get(code)?.name ?? code.slice(-6)).join(' · ')
}
