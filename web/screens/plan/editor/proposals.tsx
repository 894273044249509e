/** Proposals for the open plan: what is possible, what is asked, how far the search is, what it found; adopting one. */
import { Button, Checkbox, InputNumber } from 'antd'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { PlanDetail } from '../../../../server/contract/plans.ts'
import type { Proposal, Proposals as ProposalsAnswer } from '../../../../server/contract/proposals.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import { adoptProposal, api, cancelJob, propose } from '../../../api.ts'
import type { ApiError } from '../../../api-error.ts'
import { JobCard } from '../../../frame/jobs.tsx'
import { Failed } from '../../../frame/states.tsx'
import { useSay } from '../../../i18n/use-say.ts'
import { navigate, readState, useChoice } from '../../../state.ts'
import { refreshResources, useResource } from '../../../use-resource.ts'
import { useEditing, useSession } from './editing.ts'
import { FeasibilityList, Judgements } from './feasibility.tsx'
import { type Preview, showPreview } from './preview.ts'
import { type ComparedFigure, comparedFigures } from './proposal-figures.ts'
import { text } from './proposals-text.ts'
import { proposedDrawing } from './proposed-drawing.ts'
import { useBand } from './use-band.ts'

const usualSizes: SizeBand = { from: 300, to: 500 }
const usualPlans = 3
const mostPlans = 9

export function Proposals({ plan }: { readonly plan: PlanDetail }): ReactNode {
  const say = useSay()
  const session = useEditing((editing) => editing.session)
  const band = useBand()
  const [asked, setAsked] = useState<SizeBand | null>(null)
  const sizes = asked ?? band ?? usualSizes
  const [job, setJob] = useChoice<string>('proposals', '')
  const answer = useResource(job === '' ? null : api.proposals(job))
  const { data, reload } = answer
  const own = job !== '' && data?.job.id === job ? data : undefined
  const isRunning = own !== undefined && (own.job.state === 'queued' || own.job.state === 'running')
  useEffect(() => {
    if (!isRunning) return undefined
    const timer = setInterval(reload, 1000)
    return () => clearInterval(timer)
  }, [isRunning, reload])
  const [failed, setFailed] = useState<ApiError | null>(null)
  const [unsaved, setUnsaved] = useState(false)
  const [busy, setBusy] = useState(false)
  const mayDraw = useMayDraw()
  const run = async (question: Question): Promise<void> => {
    setBusy(true)
    setFailed(null)
    try {
      const saved = !session || (await session.settled())
      setUnsaved(!saved)
      if (!saved) return
      setJob((await propose(plan.id, { ...question, sizes })).id)
      // The list of jobs in the bar begins to watch it.
      refreshResources()
    } catch (thrown) {
      setFailed(thrown as ApiError)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="proposals">
      <section>
        <h2>{say(text.feasibility)}</h2>
        <FeasibilityList plan={plan.id} sizes={sizes} />
      </section>
      <QuestionForm
        sizes={sizes}
        onSizes={setAsked}
        disabled={busy || isRunning || !mayDraw}
        again={own?.found != null}
        onRun={(question) => void run(question)}
      />
      {unsaved && <p role="alert">{say(text.notSaved)}</p>}
      {failed && <Failed error={failed} />}
      {answer.error && job !== '' && !own && <Failed error={answer.error} />}
      {own && own.job.state !== 'done' && (
        <JobCard job={own.job} onCancel={() => void cancelJob(own.job.id).finally(reload)} />
      )}
      {own?.found?.plan === plan.id && <Found plan={plan} job={own.job.id} found={own.found} />}
    </div>
  )
}

/** Planners and administrators propose and adopt, whatever the status of the plan: what they adopt is a draft of its own. */
function useMayDraw(): boolean {
  const role = useResource(api.session()).data?.role
  return role === 'planner' || role === 'administrator'
}

interface Question {
  readonly plans: number
  readonly seed: number
  readonly keep_current: boolean
}

interface QuestionFormProps {
  readonly sizes: SizeBand
  readonly onSizes: (sizes: SizeBand) => void
  readonly disabled: boolean
  readonly again: boolean
  readonly onRun: (question: Question) => void
}

function QuestionForm({ sizes, onSizes, disabled, again, onRun }: QuestionFormProps): ReactNode {
  const say = useSay()
  const [plans, setPlans] = useState(usualPlans)
  const [seed, setSeed] = useState(1)
  const [keepCurrent, setKeepCurrent] = useState(true)
  const setEnd = (end: Partial<SizeBand>): void => {
    const next = { ...sizes, ...end }
    if (next.from <= next.to) onSizes(next)
  }
  return (
    <form
      className="proposal-form"
      onSubmit={(event) => {
        event.preventDefault()
        onRun({ plans, seed, keep_current: keepCurrent })
      }}
    >
      <div className="form-field">
        {say(text.sizes)}
        <span className="proposal-sizes">
          <InputNumber
            aria-label={say(text.from)}
            size="small"
            min={0}
            max={sizes.to}
            precision={0}
            changeOnBlur
            value={sizes.from}
            onChange={(from) => from !== null && setEnd({ from })}
          />
          –
          <InputNumber
            aria-label={say(text.to)}
            size="small"
            min={Math.max(1, sizes.from)}
            precision={0}
            changeOnBlur
            value={sizes.to}
            onChange={(to) => to !== null && setEnd({ to })}
          />
        </span>
      </div>
      <label className="form-field">
        {say(text.plans)}
        <InputNumber
          size="small"
          min={1}
          max={mostPlans}
          precision={0}
          value={plans}
          onChange={(next) => next !== null && setPlans(next)}
        />
      </label>
      <div className="form-field">
        {say(text.seed)}
        <span className="proposal-sizes">
          <InputNumber
            aria-label={say(text.seed)}
            title={say(text.seedHint)}
            size="small"
            min={0}
            max={2 ** 31 - 1}
            precision={0}
            value={seed}
            onChange={(next) => next !== null && setSeed(next)}
          />
          <Button size="small" type="text" onClick={() => setSeed(seed + 1)}>
            {say(text.otherSeed)}
          </Button>
        </span>
      </div>
      <Checkbox checked={keepCurrent} onChange={(event) => setKeepCurrent(event.target.checked)}>
        {say(text.keepCurrent)}
      </Checkbox>
      <p className="quiet">
        {keepCurrent && say(text.keepCurrentHint)} {say(text.seedHint)}
      </p>
      <Button type={again ? 'default' : 'primary'} htmlType="submit" disabled={disabled}>
        {say(again ? text.runAgain : text.run)}
      </Button>
    </form>
  )
}

type FoundAnswer = NonNullable<ProposalsAnswer['found']>

interface FoundProps {
  readonly plan: PlanDetail
  readonly job: string
  readonly found: FoundAnswer
}

function Found({ plan, job, found }: FoundProps): ReactNode {
  const say = useSay()
  const revision = useSession((state) => state.revision) ?? found.revision
  const mayDraw = useMayDraw()
  const rows = comparedFigures(found.proposals, say)
  const [busy, setBusy] = useState<number | null>(null)
  const [failed, setFailed] = useState<ApiError | null>(null)
  const stale = revision !== found.revision
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
  const impossible = found.components.filter((one) => one.verdict === 'impossible')
  return (
    <section aria-live="polite">
      {stale && <p role="alert">{say(text.stale, { now: revision, then: found.revision })}</p>}
      {impossible.length > 0 && (
        <>
          <h2>{say(text.impossibleHere)}</h2>
          <Judgements components={impossible} sizes={found.sizes} />
        </>
      )}
      {found.not_found.length > 0 && (
        <>
          <h2>{say(text.notFound)}</h2>
          <ul className="feasibility">
            {found.not_found.map((one) => (
              <li key={one.component}>{say(one.message)}</li>
            ))}
          </ul>
        </>
      )}
      <ul className="proposal-cards">
        {found.proposals.map((proposal, i) => (
          <li
            key={proposal.number}
            className={`proposal-card card${look.pinned === proposal.number ? ' is-pinned' : ''}`}
            onMouseEnter={() => look.point(proposal)}
            onMouseLeave={() => look.point(null)}
          >
            <button
              type="button"
              className="proposal-look"
              aria-pressed={look.pinned === proposal.number}
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
              onClick={() => void adopt(proposal.number)}
            >
              {say(text.adopt)}
            </Button>
          </li>
        ))}
      </ul>
      {failed && <Failed error={failed} />}
      <p className="quiet">{say(text.previewHint)}</p>
      {found.notes.map((note) => (
        <p key={`${note.code} ${note.village} ${note.ids[0] ?? ''}`} className="quiet">
          {say(note.message)}
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
  const made = useMemo(() => new Map<number, Preview>(), [drawing, found, say])
  useEffect(() => {
    if (!shown || !drawing) return showPreview(null)
    const preview = made.get(shown.number) ?? {
      drawing: proposedDrawing(drawing, found.atoms, shown, (code) =>
        say(text.newGrid, { n: code.replace(/^\D+/, '') }),
      ),
      points: new Map(shown.grids.map((grid): [string, LngLat] => [grid.code, grid.at])),
      band: found.sizes,
    }
    made.set(shown.number, preview)
    showPreview(preview)
    return undefined
  }, [shown, drawing, found, made, say])
  useEffect(() => () => showPreview(null), [])
  return {
    pinned: pinned?.number ?? null,
    point,
    pin: (proposal: Proposal) => setPinned(pinned?.number === proposal.number ? null : proposal),
  }
}
