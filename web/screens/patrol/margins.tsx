/** How sure the figures inside are: strict and tolerant side by side, the bound of the distance, the time beside the boundary. */
import type { ReactNode } from 'react'
import type { PatrolDayDetail, PatrolDayRow } from '../../../server/contract/patrols.ts'
import { formatDuration, formatLength } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { policyFigure } from './derivation.ts'
import { text } from './text.ts'

export type Margin = PatrolDayDetail['margins'][number]

interface Props {
  readonly row: PatrolDayRow
  /** Absent for a day that was matched before these figures were made. */
  readonly margin: Margin | undefined
  readonly policy: PatrolDayDetail['policy']
}

export function Margins({ row, margin, policy }: Props): ReactNode {
  const say = useSay()
  if (!margin) return null
  const { tolerant, inside_error: error, boundary_seconds: beside, judged } = margin
  const mark = (by: Margin['judged']): string => (by === judged ? ` · ${say(text.margins.judged)}` : '')
  const bound = error === null ? '' : ` ± ${formatLength(error)}`
  return (
    <section aria-label={say(text.margins.title)} data-judged={judged}>
      <h2>{say(text.margins.title)}</h2>
      <table className="margins">
        <thead>
          <tr>
            <th scope="col" aria-label={say(text.margins.figure)} />
            <th scope="col">
              {say(text.margins.strict)}
              {mark('strict')}
            </th>
            <th scope="col">
              {say(text.margins.tolerant)}
              {mark('tolerant')}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{say(text.inputs.seconds_inside)}</th>
            <td>{formatDuration(row.seconds.inside)}</td>
            <td>{tolerant ? formatDuration(tolerant.seconds) : '—'}</td>
          </tr>
          <tr>
            <th scope="row">{say(text.inputs.metres_inside)}</th>
            <td>
              {formatLength(row.metres.inside)}
              {bound}
            </td>
            <td>{tolerant ? formatLength(tolerant.metres) : '—'}</td>
          </tr>
          <tr>
            <th scope="row">{say(text.margins.beside)}</th>
            <td>{beside === null ? '—' : formatDuration(beside)}</td>
            <td>—</td>
          </tr>
        </tbody>
      </table>
      <p className="quiet">
        {say(text.margins.why, {
          near: policyFigure(policy, 'tolerance_metres') ?? '—',
          far: policyFigure(policy, 'tolerance_limit_metres') ?? '—',
        })}
      </p>
      {error !== null && <p className="quiet">{say(text.margins.bound, { n: formatLength(error) })}</p>}
    </section>
  )
}
