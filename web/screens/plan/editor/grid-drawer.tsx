/** A grid of the open plan: figures first; then its code and name, its lock, and its neighbours to merge with. */
import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Drawing } from '../../../../server/core/planning/drawing/drawing.ts'
import type { PlanGrid } from '../../../../server/core/planning/values.ts'
import { DrawerShell } from '../../../frame/drawer.tsx'
import { Empty } from '../../../frame/states.tsx'
import { formatArea, formatLength, formatNumber, formatShare, formatSigned } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { bandWords, gridKindWords } from '../../../i18n/words.ts'
import { hover, select } from '../../../state.ts'
import { text as planText } from '../text.ts'
import { addGrid } from './add-grid.ts'
import { useEditing } from './editing.ts'
import { gridRows } from './grid-rows.ts'
import { useWorkers } from './grid-table.tsx'
import { gridBox } from './places.ts'
import type { Session } from './session.ts'
import { text } from './text.ts'
import { useBand } from './use-band.ts'

export function PlanGridDrawer({
  code,
  drawing,
}: {
  readonly code: string
  readonly drawing: Drawing
}): ReactNode {
  const say = useSay()
  const band = useBand()
  const workers = useWorkers()
  const session = useEditing((editing) => editing.session)
  const canDraw = useEditing((editing) => editing.canDraw)
  const grid = drawing.grids.get(code)
  const [row] = grid
    ? gridRows({ grids: new Map([[code, grid]]), figures: drawing.figures }, band, workers)
    : []
  if (!grid || !row)
    return (
      <DrawerShell kind={say(planText.grid)} title={code.slice(-6)}>
        <Empty title={say(text.gridGone)} hint={say(text.gridGoneHint)} />
      </DrawerShell>
    )
  const { figures, status, deviation } = row
  return (
    <DrawerShell
      kind={`${say(gridKindWords[grid.kind])}${grid.locked ? ` · ${say(text.locked)}` : ''}`}
      title={grid.name ?? code}
    >
      <dl className="figures">
        {[
          { name: say(text.households), value: figures.households },
          { name: say(text.persons), value: figures.persons },
          { name: say(text.mustVisitHouseholds), value: figures.mustVisit },
        ].map((figure) => (
          <div key={figure.name} className="figure">
            <dt className="quiet">{figure.name}</dt>
            <dd>
              <strong>{formatNumber(figure.value)}</strong>
            </dd>
          </div>
        ))}
      </dl>
      <p>
        {say(bandWords[status])}
        {deviation !== null && deviation !== 0 && ` ${formatSigned(deviation)}`}
        {band && <span className="quiet"> · {say(text.band, { from: band.from, to: band.to })}</span>}
      </p>
      <dl className="facts">
        <dt>{say(text.area)}</dt>
        <dd>{formatArea(figures.areaSquareMetres)}</dd>
        <dt>{say(text.pieces)}</dt>
        <dd>{formatNumber(figures.parts)}</dd>
        <dt>{say(text.atoms)}</dt>
        <dd>{formatNumber(figures.atoms)}</dd>
        <dt title={say(text.compactnessHint)}>{say(text.compactness)}</dt>
        <dd>{formatNumber(figures.compactness, 2)}</dd>
        <dt title={say(text.namedHint)}>{say(text.named)}</dt>
        <dd>{formatShare(figures.namedShare)}</dd>
        <dt>{say(text.workers)}</dt>
        <dd>{formatNumber(row.workers)}</dd>
      </dl>
      {session && canDraw && (
        <GridActions key={code} session={session} grid={grid} isEmpty={figures.atoms === 0} />
      )}
      <section>
        <h2>{say(text.neighbours)}</h2>
        <ul className="neighbours">
          {figures.neighbours.map(({ grid: other, lengthMetres }) => (
            <li key={other}>
              <Button
                type="link"
                size="small"
                onMouseEnter={() => hover({ kind: 'grid', id: other })}
                onMouseLeave={() => hover(null)}
                onClick={() => select({ kind: 'grid', id: other }, gridBox(drawing, other))}
              >
                {drawing.grids.get(other)?.name ?? other.slice(-6)}
              </Button>
              <span className="quiet">
                {say(planText.householdsN, { n: formatNumber(drawing.figures.get(other)?.households) })} ·{' '}
                {say(planText.sharedEdge, { length: formatLength(lengthMetres) })}
              </span>
              {session && canDraw && (
                <Button
                  size="small"
                  disabled={grid.locked || drawing.grids.get(other)?.locked === true}
                  onClick={() => session.edit({ type: 'merge-grids', into: code, grids: [other] })}
                >
                  {say(text.mergeIn)}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </section>
    </DrawerShell>
  )
}

interface ActionsProps {
  readonly session: Session
  readonly grid: PlanGrid
  readonly isEmpty: boolean
}

function GridActions({ session, grid, isEmpty }: ActionsProps): ReactNode {
  const say = useSay()
  const { code } = grid
  const recode = (wanted: string): void => {
    if (wanted !== code && session.edit({ type: 'set-code', grid: code, code: wanted }) === null)
      select({ kind: 'grid', id: wanted })
  }
  return (
    <section className="grid-actions">
      <Field label={say(text.code)} value={code} onDone={recode} />
      <Field
        label={say(text.name)}
        value={grid.name ?? ''}
        onDone={(name) => {
          if (name !== (grid.name ?? ''))
            session.edit({ type: 'rename', grid: code, name: name === '' ? null : name })
        }}
      />
      <div className="state-actions">
        <Button onClick={() => session.edit({ type: 'lock', grid: code, locked: !grid.locked })}>
          {say(grid.locked ? text.unlockIt : text.lockIt)}
        </Button>
        {grid.kind !== 'microgrid' && (
          <Button onClick={() => addGrid(session, grid.village, 'microgrid', code, [])}>
            {say(text.newMicrogrid)}
          </Button>
        )}
        {isEmpty && (
          <Button
            onClick={() => {
              if (session.edit({ type: 'remove-grid', grid: code }) === null) select(null)
            }}
          >
            {say(text.removeIt)}
          </Button>
        )}
      </div>
    </section>
  )
}

/** A text that takes effect on Enter or when it is left. */
function Field({
  label,
  value,
  onDone,
}: {
  readonly label: string
  readonly value: string
  readonly onDone: (value: string) => void
}): ReactNode {
  const [draft, setDraft] = useState<string | null>(null)
  const done = (): void => {
    if (draft !== null) onDone(draft.trim())
    setDraft(null)
  }
  return (
    <label className="grid-field">
      <span className="quiet">{label}</span>
      <Input
        size="small"
        value={draft ?? value}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={done}
        onPressEnter={done}
      />
    </label>
  )
}
