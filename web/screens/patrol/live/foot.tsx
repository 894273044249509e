/** The foot of the live view: how many are in which state, and that looking is noted. */
import type { ReactNode } from 'react'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useJudged, useLive } from './data.ts'
import { countStates, liveStates } from './people.ts'
import { StateMark } from './state-mark.tsx'
import { LiveStatus } from './status.tsx'
import { text } from './text.ts'

export function LiveFoot(): ReactNode {
  const say = useSay()
  const people = useJudged()
  const isKnown = useLive((value) => value.isKnown)
  const counts = isKnown ? countStates(people) : null
  return (
    <div className="foot-body">
      <div className="live-foot">
        <LiveStatus />
        <span className="foot-hint quiet">{say(text.noted)}</span>
      </div>
      <dl className="live-counts">
        {liveStates.map((state) => (
          <div key={state}>
            <dt>
              <StateMark state={state} /> {say(text.states[state])}
            </dt>
            <dd>{formatNumber(counts?.[state])}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
