/** Every step of an incident, the latest first, each with who took it and its receipt. */
import type { ReactNode } from 'react'
import type { IncidentLifeAnswer } from '../../../../server/contract/incident-life.ts'
import { formatMoment } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useStored } from '../../../state.ts'
import { text } from './text.ts'

export function History({ incident }: { readonly incident: IncidentLifeAnswer }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  return (
    <section aria-label={say(text.history)}>
      <h2>{say(text.history)}</h2>
      <ol className="life-steps">
        {incident.steps.toReversed().map((step) => (
          <li key={step.revision}>
            <div>
              <b>{say(text.steps[step.action])}</b>
              {step.level !== step.from_level && <> → {say(text.levels[step.level])}</>}
              {step.assignee !== null && <> · {say(text.to, { who: step.assignee })}</>}
            </div>
            <div className="quiet">
              {say(text.byAt, {
                who: step.by ?? say(text.fromFile),
                when: formatMoment(language, step.at, true),
              })}
            </div>
            {step.note !== null && <p className="life-note">{step.note}</p>}
            {step.receipt !== null && <div className="quiet">{say(text.receipt, { n: step.receipt })}</div>}
          </li>
        ))}
      </ol>
    </section>
  )
}
