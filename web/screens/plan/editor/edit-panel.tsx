/** The left panel while a plan is open: what it is and whether it is saved, then its grids, problems, changes, approval. */
import { Button, Tabs } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { Failed, Loading } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { navigate, readState, useChoice } from '../../../state.ts'
import { Comparison } from '../comparison/panel.tsx'
import { useGrids } from '../data.ts'
import { ReportedProblems } from '../problem-list.tsx'
import { addGridAt } from './add-grid.ts'
import { useEditing, useSession } from './editing.ts'
import { FeasibilityNote } from './feasibility.tsx'
import { Flow } from './flow.tsx'
import { PlanGridTable } from './grid-table.tsx'
import { isOpen, usePlan } from './open-plan.ts'
import { StatusTag } from './plan-list.tsx'
import { Proposals } from './proposals.tsx'
import { Recode } from './recode.tsx'
import { SaveState } from './save-state.tsx'
import { useSessionReport } from './session-report.ts'
import { text } from './text.ts'

const parts = ['grids', 'problems', 'proposals', 'changes', 'flow'] as const
type Part = (typeof parts)[number]

/** Back to the list of plans; what was selected belonged to the plan. */
export function leavePlan(): void {
  const {
    plan: _plan,
    part: _part,
    order: _order,
    proposals: _proposals,
    with: _with,
    map: _map,
    split: _split,
    ...others
  } = readState().address.choices
  navigate({ choices: { ...others, tab: 'plans' }, selection: null })
}

export function EditPanel(): ReactNode {
  const say = useSay()
  const { data: plan, error, reload } = usePlan()
  const failed = useSession((state) => state.failed)
  const session = useEditing((editing) => editing.session)
  const drawing = useSession((state) => state.drawing)
  const report = useSessionReport()
  const [part, setPart] = useChoice<Part>('part', 'grids', parts)
  const label = (name: Part, count?: number): ReactNode => (
    <>
      {say(text.parts[name])}
      {count !== undefined && <span className="tab-count">{formatNumber(count)}</span>}
    </>
  )
  return (
    <div className="edit-panel">
      <header className="edit-head">
        <Button
          type="text"
          size="small"
          aria-label={say(text.back)}
          title={say(text.back)}
          onClick={leavePlan}
        >
          ‹
        </Button>
        <h2 className="cell">{plan?.name ?? ''}</h2>
        {plan && <StatusTag status={plan.status} />}
      </header>
      {plan && !isOpen(plan) && (
        <p className="panel-summary quiet">{say(text.readOnly, { status: say(text.status[plan.status]) })}</p>
      )}
      <EditTools />
      {error && !plan ? (
        <Failed error={error} onRetry={reload} />
      ) : failed ? (
        <Failed error={failed} onRetry={() => session?.reload()} />
      ) : !drawing || !plan ? (
        <Loading rows={10} />
      ) : (
        <Tabs
          className="panel-tabs"
          tabBarGutter={12}
          activeKey={part}
          onChange={(key) => setPart(key as Part, 'push')}
          destroyOnHidden
          items={[
            {
              key: 'grids',
              label: label('grids', drawing.grids.size),
              children: (
                <>
                  <FeasibilityNote plan={plan.id} />
                  <Recode plan={plan.id} />
                  <PlanGridTable drawing={drawing} />
                </>
              ),
            },
            {
              key: 'problems',
              label: label('problems', report?.problems.length),
              children: (
                <>
                  <CheckTime />
                  {report && <ReportedProblems report={report} />}
                </>
              ),
            },
            { key: 'proposals', label: label('proposals'), children: <Proposals plan={plan} /> },
            { key: 'changes', label: label('changes'), children: <Comparison plan={plan} /> },
            { key: 'flow', label: label('flow'), children: <Flow plan={plan} onDone={reload} /> },
          ]}
        />
      )}
    </div>
  )
}

/** Undo, redo, a new grid, and whether all is saved. */
function EditTools(): ReactNode {
  const say = useSay()
  const session = useEditing((editing) => editing.session)
  const canDraw = useEditing((editing) => editing.canDraw)
  const history = useSession((state) => state.history)
  const refusal = useSession((state) => state.refusal)
  const taken = useGrids().data?.grids
  useEffect(() => {
    if (!refusal || !session) return undefined
    const timer = setTimeout(() => session.dismissRefusal(), 8000)
    return () => clearTimeout(timer)
  }, [refusal, session])
  if (!session || !history || !canDraw) return null
  const addGrid = (): void => {
    const { view } = readState().address
    const box = readState().focus?.bbox
    const middle = view
      ? ([view.longitude, view.latitude] as const)
      : box
        ? ([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] as const)
        : ([0, 0] as const)
    addGridAt(session, middle, taken?.map((grid) => grid.code) ?? [])
  }
  return (
    <div className="edit-tools">
      <Button
        size="small"
        disabled={history.done.length === 0}
        title={`${say(text.undo)} (Ctrl+Z)`}
        aria-keyshortcuts="Control+Z"
        onClick={() => session.undo()}
      >
        {say(text.undo)}
      </Button>
      <Button
        size="small"
        disabled={history.undone.length === 0}
        title={`${say(text.redo)} (Ctrl+Y)`}
        aria-keyshortcuts="Control+Y"
        onClick={() => session.redo()}
      >
        {say(text.redo)}
      </Button>
      <Button size="small" title={`${say(text.newGrid)} (G)`} aria-keyshortcuts="G" onClick={addGrid}>
        {say(text.newGrid)}
      </Button>
      <SaveState session={session} />
      {refusal && (
        <p className="edit-refusal" role="alert">
          <b>{say(text.refusedEdit)}</b> {say(refusal.message)}
        </p>
      )}
    </div>
  )
}

function CheckTime(): ReactNode {
  const say = useSay()
  const checking = useSession((state) => state.checking)
  const milliseconds = useSession((state) => state.checkMilliseconds)
  return (
    <p className="panel-summary quiet" aria-live="polite">
      {checking || milliseconds == null
        ? say(text.checking)
        : say(text.checked, { ms: formatNumber(milliseconds, milliseconds < 10 ? 1 : 0) })}
    </p>
  )
}
