/** Near repeats: pairs of incidents by distance and delay, against permuted times. */
import type { ReactNode } from 'react'
import type { Analysis } from '../../../../server/contract/analysis.ts'
import { Empty } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { formatProbability } from '../measures.ts'
import { text } from './text.ts'

type Band = NonNullable<Analysis['bands']>[number]

export function BandTable({ bands }: { readonly bands: readonly Band[] }): ReactNode {
  const say = useSay()
  if (bands.length === 0) return <Empty title={say(text.noClusters)} />
  return (
    <div className="panel-scroll">
      <table className="change-table">
        <caption className="quiet">{say(text.bandsOf)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(text.band)}</th>
            <th scope="col">{say(text.observed)}</th>
            <th scope="col">{say(text.expected)}</th>
            <th scope="col">{say(text.ratio)}</th>
            <th scope="col">p</th>
          </tr>
        </thead>
        <tbody>
          {bands.map((band) => (
            <tr key={band.label.en} className={band.p < 0.05 && (band.ratio ?? 0) > 1 ? 'is-strong' : ''}>
              <th scope="row">{say(band.label)}</th>
              <td>{formatNumber(band.observed)}</td>
              <td>{formatNumber(band.expected, 1)}</td>
              <td>{formatNumber(band.ratio, 2)}</td>
              <td>{formatProbability(band.p)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
