/** How earlier warnings of the area fared: beside every list and every warning. */
import type { ReactNode } from 'react'
import type { Warnings } from '../../../../server/contract/warnings.ts'
import { formatNumber, formatShare } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { text } from './text.ts'

export function Accuracy({ accuracy }: Pick<Warnings, 'accuracy'>): ReactNode {
  const say = useSay()
  const { warnings, followed, hit_rate: hitRate, pai } = accuracy
  return (
    <section>
      <h2>{say(text.accuracy)}</h2>
      {warnings === 0 ? (
        <p className="quiet">{say(text.noAccuracy)}</p>
      ) : (
        <>
          <p>
            {say(text.accuracyOf, {
              warnings: formatNumber(warnings),
              followed: formatNumber(followed),
              rate: formatShare(hitRate),
              pai: formatNumber(pai, 2),
            })}
          </p>
          <p className="quiet">{say(text.accuracyHint)}</p>
        </>
      )}
    </section>
  )
}
