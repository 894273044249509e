/** Near repeats: pairs of incidents by distance and delay, against permuted times. */
import type { ReactNode } from 'react'
import type { Analysis } from '../../../../server/contract/analysis.ts'
import { Empty } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { formatProbability } from '../measures.ts'
import { text } from './text.ts'

type Band = NonNullable<Analysis['bands']>[number]

/** Half-open, as the bands are. The same place is from 0 to 0. */
export const distanceWords = ({ from_m: from, to_m: to }: Pick<Band, 'from_m' | 'to_m'>, say: Say): string =>
  to === from
    ? say(text.samePlace)
    : from === 0
      ? say(text.nearerThan, { to: formatNumber(to) })
      : say(text.metresBetween, { from: formatNumber(from), to: formatNumber(to) })

export const delayWords = (
  { from_days: from, to_days: to }: Pick<Band, 'from_days' | 'to_days'>,
  say: Say,
): string =>
  from === 0
    ? say(text.soonerThan, { to: formatNumber(to) })
    : say(text.daysBetween, { from: formatNumber(from), to: formatNumber(to) })

/** More pairs than chance gives. */
const isSure = ({ p, ratio }: Band): boolean => p < 0.05 && (ratio ?? 0) > 1

export function BandTable({ bands }: { readonly bands: readonly Band[] }): ReactNode {
  const say = useSay()
  if (bands.length === 0) return <Empty title={say(text.noClusters)} />
  // In their order: the bands of a distance follow one another.
  const distances = [...new Set(bands.map((band) => distanceWords(band, say)))]
  return (
    <div className="panel-scroll">
      <table className="change-table is-figures band-table">
        <caption className="quiet">{say(text.bandsOf)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(text.delay)}</th>
            {[say(text.observed), say(text.expected), say(text.observedRatio), 'p'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {distances.map((distance) => (
          <tbody key={distance}>
            <tr>
              <th scope="rowgroup" colSpan={5} className="band-distance">
                {distance}
              </th>
            </tr>
            {bands
              .filter((band) => distanceWords(band, say) === distance)
              .map((band) => (
                <tr key={band.from_days} className={isSure(band) ? 'is-strong' : ''}>
                  <th scope="row">{delayWords(band, say)}</th>
                  <td>{formatNumber(band.observed)}</td>
                  <td>{formatNumber(band.expected, 1)}</td>
                  <td>{formatNumber(band.ratio, 2)}</td>
                  <td>{formatProbability(band.p)}</td>
                </tr>
              ))}
          </tbody>
        ))}
      </table>
      <p className="quiet">{say(text.bandsHow)}</p>
    </div>
  )
}
