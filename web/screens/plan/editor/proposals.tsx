/** Proposals for the open plan: what is possible, what is asked, how far the search is, what it found. */
import { Button, Checkbox, InputNumber } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { PlanDetail } from '../../../../server/contract/plans.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import { api, cancelJob } from '../../../api.ts'
import type { ApiError } from '../../../api-error.ts'
import { propose } from '../../../api-plans.ts'
import { JobCard } from '../../../frame/jobs.tsx'
import { Failed } from '../../../frame/states.tsx'
import { useSay } from '../../../i18n/use-say.ts'
import { useChoice } from '../../../state.ts'
import { refreshResources, useResource } from '../../../use-resource.ts'
import { useEditing, useSession } from './editing.ts'
import { FeasibilityList, Judgements } from './feasibility.tsx'
import { ProposalCards, useMayDraw } from './proposal-cards.tsx'
import { text } from './proposals-text.ts'
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
  const found = own?.found?.plan === plan.id ? own.found : null
  const revision = useSession((state) => state.revision)
  const stale = found !== null && revision !== found.revision
  // The search knows more than the judgement before it.
  const isAnswered = found && !stale && found.sizes.from === sizes.from && found.sizes.to === sizes.to
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
        {isAnswered ? (
          <Judgements components={found.components} sizes={sizes} />
        ) : (
          <FeasibilityList plan={plan.id} sizes={sizes} />
        )}
      </section>
      <QuestionForm
        sizes={sizes}
        onSizes={setAsked}
        disabled={busy || isRunning || !mayDraw}
        again={found !== null}
        onRun={(question) => void run(question)}
      />
      {unsaved && <p role="alert">{say(text.notSaved)}</p>}
      {failed && <Failed error={failed} />}
      {answer.error && job !== '' && !own && <Failed error={answer.error} />}
      {own && own.job.state !== 'done' && (
        <JobCard job={own.job} onCancel={() => void cancelJob(own.job.id).finally(reload)} />
      )}
      {found && own && <ProposalCards plan={plan} job={own.job.id} found={found} stale={stale} />}
    </div>
  )
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
