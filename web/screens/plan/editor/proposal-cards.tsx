/** The proposals a search found: compared, shown on the map, adopted. */
import { Button } from 'antd'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { PlanDetail } from '../../../../server/contract/plans.ts'
import type { Proposal, Proposals } from '../../../../server/contract/proposals.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import { api } from '../../../api.ts'
import type { ApiError } from '../../../api-error.ts'
import { adoptProposal } from '../../../api-plans.ts'
import { Failed } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { navigate, readState } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { useSession } from './editing.ts'
import { useVillageName } from './feasibility.tsx'
import { withNames } from './feasibility-lines.ts'
import { type Preview, showPreview } from './preview.ts'
import { type ComparedFigure, comparedFigures } from './proposal-figures.ts'
import { text } from './proposals-text.ts'
import { proposedDrawing } from './proposed-drawing.ts'

/** Planners and administrators propose and adopt, whatever the status of the plan: what they adopt is a draft of its own. */
export function useMayDraw(): boolean {
  const role = useResource(api.session()).data?.role
  return role === 'planner' || role === 'administrator'
}

type FoundAnswer = NonNullable<Proposals['found']>

interface CardsProps {
  readonly plan: PlanDetail
  readonly job: string
  readonly found: FoundAnswer
  /** The plan was edited since. */
  readonly stale: boolean
}

/** The proposals side by side with their figures; pointed at, they show on the map; adopted, they become a plan. */
export function ProposalCards({ plan, job, found, stale }: CardsProps): ReactNode {
  const say = useSay()
  const revision = useSession((state) => state.revision) ?? found.revision
  const mayDraw = useMayDraw()
  const nameOf = useVillageName()
  const rows = comparedFigures(found.proposals, say)
  const [busy, setBusy] = useState<number | null>(null)
  const [failed, setFailed] = useState<ApiError | null>(null)
  const look = usePreviews(found, stale)
  const adopt = async (number: number): Promise<void> => {
    setBusy(number)
    setFailed(null)
    try {
      const made = await adoptProposal(job, number, say(text.adoptedName, { plan: plan.name, n: number }))
      const { part: _part, proposals: _proposals, ...others } = readState().address.choices
      navigate({ choices: { ...others, tab: 'plans', plan: made.id }, selection: null })
    } catch (thrown) {
      setFailed(thrown as ApiError)
      setBusy(null)
    }
  }
  return (
    <section aria-live="polite">
      {stale && <p role="alert">{say(text.stale, { now: revision, then: found.revision })}</p>}
      <ul className="proposal-cards">
        {found.proposals.map((proposal, i) => (
          <li
            key={proposal.number}
            className={`proposal-card card${look.pinned === proposal.number ? ' is-pinned' : ''}`}
          >
            <button
              type="button"
              className="proposal-look"
              aria-pressed={look.pinned === proposal.number}
              onMouseEnter={() => look.point(proposal)}
              onMouseLeave={() => look.point(null)}
              onFocus={() => look.point(proposal)}
              onBlur={() => look.point(null)}
              onClick={() => look.pin(proposal)}
            >
              {say(text.proposal, { n: proposal.number })}
            </button>
            <FigureList rows={rows} column={i} />
            <Button
              size="small"
              disabled={stale || !mayDraw || busy !== null}
              loading={busy === proposal.number}
              onMouseEnter={() => look.point(proposal)}
              onMouseLeave={() => look.point(null)}
              onClick={() => void adopt(proposal.number)}
            >
              {say(text.adopt)}
            </Button>
          </li>
        ))}
      </ul>
      {failed && <Failed error={failed} />}
      {found.proposals.length < found.plans && (
        <p className="quiet">{say(text.fewer, { n: formatNumber(found.proposals.length) })}</p>
      )}
      <p className="quiet">{say(text.previewHint)}</p>
      {found.not_found.length > 0 && (
        <>
          <h2>{say(text.notFound)}</h2>
          <ul className="feasibility">
            {found.not_found.map((one) => (
              <li key={one.component}>{withNames(say(one.message), nameOf, say)}</li>
            ))}
          </ul>
        </>
      )}
      {found.notes.map((note) => (
        <p key={`${note.code} ${note.village} ${note.ids[0] ?? ''}`} className="quiet">
          {withNames(say(note.message), nameOf, say)}
        </p>
      ))}
    </section>
  )
}

function FigureList({
  rows,
  column,
}: {
  readonly rows: readonly ComparedFigure[]
  readonly column: number
}): ReactNode {
  const say = useSay()
  return (
    <dl>
      {rows.map((row) => (
        <div key={row.key}>
          <dt>{say(row.name)}</dt>
          <dd className={row.best[column] ? 'is-best' : undefined}>{row.values[column]}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Shows on the map the proposal that is pointed at, else the one that was clicked; the plan when the list is left, or edited. */
function usePreviews(found: FoundAnswer, stale: boolean) {
  const say = useSay()
  const drawing = useSession((state) => state.drawing)
  const [pointed, point] = useState<Proposal | null>(null)
  const [pinned, setPinned] = useState<Proposal | null>(null)
  const shown = stale ? null : (pointed ?? pinned)
  const preview = useMemo(
    (): Preview | null =>
      shown && drawing
        ? {
            drawing: proposedDrawing(drawing, found.atoms, shown, (code) =>
              say(text.newGrid, { n: code.replace(/^\D+/, '') }),
            ),
            points: new Map(shown.grids.map((grid): [string, LngLat] => [grid.code, grid.at])),
            band: found.sizes,
          }
        : null,
    [shown, drawing, found, say],
  )
  useEffect(() => showPreview(preview), [preview])
  useEffect(() => () => showPreview(null), [])
  return {
    pinned: pinned?.number ?? null,
    point,
    pin: (proposal: Proposal) => setPinned(pinned?.number === proposal.number ? null : proposal),
  }
}
