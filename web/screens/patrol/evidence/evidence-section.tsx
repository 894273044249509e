/** What a day gives to look into: in words, with figures and harmless causes, compared on the map, and noted. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { EvidencePiece } from '../../../../server/contract/evidence.ts'
import { Failed } from '../../../frame/states.tsx'
import { addDays, formatClock, formatDay, formatMoment, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { navigate, useStored } from '../../../state.ts'
import { usePatrolDayShown, useWorker } from '../data.ts'
import { Facts } from '../grid-day.tsx'
import { factOf, useCompared, useDayEvidence, useOtherDay } from './data.ts'
import { JointForm, JointPatrols } from './joint-patrols.tsx'
import { NoteForm } from './note-form.tsx'
import { text } from './text.ts'

export function EvidenceSection(): ReactNode {
  const say = useSay()
  const day = usePatrolDayShown()
  const worker = useWorker()
  const { data, current, error, reload } = useDayEvidence()
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data || !current) return null
  const { evidence } = data
  return (
    <section aria-label={say(text.title)}>
      <h2>
        {say(text.title)} <span className="tab-count">{formatNumber(evidence.length)}</span>
      </h2>
      {evidence.length === 0 ? (
        <p className="quiet">{say(text.none)}</p>
      ) : (
        <p className="quiet">{say(text.note)}</p>
      )}
      {evidence.map((piece) => (
        <Piece key={piece.id} piece={piece} onNoted={reload} />
      ))}
      <JointPatrols days={day ? { from: day, to: addDays(day, 1) } : null} worker={worker} />
    </section>
  )
}

function Piece({
  piece,
  onNoted,
}: {
  readonly piece: EvidencePiece
  readonly onNoted: () => void
}): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const [compared, compare] = useCompared()
  const isCompared = compared === piece.id
  return (
    <article className="evidence-piece" data-evidence={piece.code}>
      <h3>
        <span>{say(text.codes[piece.code])}</span>
        <span className="quiet">
          {formatClock(piece.from)}–{formatClock(piece.to)}
        </span>
      </h3>
      <p>{say(piece.reading)}</p>
      <p className="quiet">{say(text.innocent)}</p>
      <ul className="evidence-causes">
        {piece.innocent.map((cause) => (
          <li key={cause.en}>{say(cause)}</li>
        ))}
      </ul>
      <Facts facts={Object.entries(piece.figures).map(([name, value]) => factOf(name, value))} />
      <div className="evidence-actions">
        <Button size="small" aria-pressed={isCompared} onClick={() => compare(isCompared ? '' : piece.id)}>
          {say(isCompared ? text.hide : text.show)}
        </Button>
        {piece.other && <OpenOther other={piece.other} />}
      </div>
      {isCompared && <OtherMissing />}
      {piece.code === 'carried_together' && <JointForm piece={piece} />}
      {piece.notes.map((note) => (
        <p key={`${note.at} ${note.by}`} className="evidence-note">
          {note.reason}
          <br />
          <span className="quiet">
            {say(text.noteBy, {
              state: say(text.states[note.state]),
              by: note.by,
              at: formatMoment(language, note.at),
            })}
          </span>
        </p>
      ))}
      <NoteForm piece={piece} onNoted={onNoted} />
    </article>
  )
}

function OpenOther({ other }: { readonly other: NonNullable<EvidencePiece['other']> }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  return (
    <Button
      size="small"
      type="link"
      onClick={() => navigate({ day: other.day, selection: { kind: 'worker', id: other.worker } })}
    >
      {say(text.openOther, { name: other.name || other.worker, day: formatDay(language, other.day) })}
    </Button>
  )
}

/** The other trace may be another village's, or compacted by now. */
function OtherMissing(): ReactNode {
  const say = useSay()
  const { error, current } = useOtherDay()
  return error && !current ? <p className="quiet">{say(text.otherMissing)}</p> : null
}
