/** Records an import refused: where each stands in its file, and why. */
import type { ReactNode } from 'react'
import type { Job } from '../../../server/contract/jobs.ts'
import { placeText } from '../../frame/flaw-place.ts'
import { formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { text } from './import-text.ts'

type Flaws = Job['flaws']

export function Refusals({ flaws }: { readonly flaws: Flaws }): ReactNode {
  const say = useSay()
  return (
    <section>
      <h2>{say(text.refusedRecords, { n: formatNumber(flaws.length) })}</h2>
      <table className="refusals">
        <thead>
          <tr>
            <th>{say(text.refusedPlace)}</th>
            <th>{say(text.refusedReason)}</th>
            <th>{say(text.refusedValue)}</th>
          </tr>
        </thead>
        <tbody>
          {flaws.map((flaw) => (
            <tr key={`${flaw.code} ${JSON.stringify(flaw.place)}`}>
              <td>{placeText(flaw.place, say)}</td>
              <td>{say(flaw.message)}</td>
              <td>{flaw.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
