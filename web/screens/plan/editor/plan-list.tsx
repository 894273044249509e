/** Plans of the area: what stage each is at, who touched it last; and where a new one begins. */
import { App, Button, Input, Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Plan } from '../../../../server/contract/plans.ts'
import { api } from '../../../api.ts'
import type { ApiError } from '../../../api-error.ts'
import { createPlan, importPlan, type PlanOrigin } from '../../../api-plans.ts'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { VirtualList } from '../../../frame/virtual-list.tsx'
import { formatDay, formatMoment } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { navigate, readState, useStored } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { text } from './list-text.ts'
import { text as editorText } from './text.ts'

/** Opens a plan; what was selected belonged to the division. */
export function showPlan(id: string): void {
  const { choices } = readState().address
  navigate({ choices: { ...choices, tab: 'plans', plan: id }, selection: null })
}

export function PlanList(): ReactNode {
  const say = useSay()
  const area = useArea()
  const [adding, setAdding] = useState(false)
  const { data, error, reload } = useResource(area ? api.plans(area.code) : null)
  if (error && !data) return <Failed error={error} onRetry={reload} />
  if (!data || !area) return <Loading rows={6} />
  const { plans } = data
  const add = <Button onClick={() => setAdding(true)}>{say(text.newPlan)}</Button>
  return (
    <div className="panel-list">
      {adding ? (
        <NewPlan area={area.code} areaName={area.name} plans={plans} onClose={() => setAdding(false)} />
      ) : (
        plans.length > 0 && <div className="panel-tools">{add}</div>
      )}
      {plans.length === 0 && !adding && (
        <Empty
          title={say(text.noPlans)}
          hint={say(text.noPlansHint)}
          action={area.level === 'county' ? null : add}
        />
      )}
      <VirtualList
        items={plans}
        itemHeight={64}
        itemKey={(plan) => plan.id}
        label={say(text.plansOf)}
        shape="tree"
        row={(plan) => ({ level: 1, onOpen: () => showPlan(plan.id), content: <PlanRow plan={plan} /> })}
      />
    </div>
  )
}

function PlanRow({ plan }: { readonly plan: Plan }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  return (
    <div className="plan-row">
      <div className="plan-row-head">
        <b className="cell">{plan.name}</b>
        <StatusTag status={plan.status} />
      </div>
      <div className="cell quiet">
        {plan.area_name}
        {plan.effective_from &&
          ` · ${say(text.from, { day: formatDay(language, plan.effective_from, true) })}`}
      </div>
      <div className="cell quiet">
        {say(text.touched, { who: plan.updated_by, when: formatMoment(language, plan.updated_at) })}
      </div>
    </div>
  )
}

export function StatusTag({ status }: { readonly status: Plan['status'] }): ReactNode {
  const say = useSay()
  return <span className={`status-tag is-${status}`}>{say(editorText.status[status])}</span>
}

type Source = PlanOrigin['source'] | 'file'

interface NewPlanProps {
  readonly area: string
  readonly areaName: string
  readonly plans: readonly Plan[]
  readonly onClose: () => void
}

function NewPlan({ area, areaName, plans, onClose }: NewPlanProps): ReactNode {
  const say = useSay()
  const { notification } = App.useApp()
  const [name, setName] = useState(() => say(text.usualName, { area: areaName }))
  const [source, setSource] = useState<Source>('division')
  const [copied, setCopied] = useState<string | null>(null)
  const [files, setFiles] = useState<readonly File[]>([])
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ApiError | null>(null)
  const copies = plans.filter((plan) => plan.area_code === area)
  const start = (): ReturnType<typeof createPlan> | null => {
    if (source === 'file') return files.length === 0 ? null : importPlan(area, name.trim(), files, '')
    if (source === 'plan')
      return copied === null ? null : createPlan(area, name.trim(), { source, plan: copied })
    return createPlan(area, name.trim(), { source })
  }
  const isReady =
    name.trim() !== '' && (source === 'file' ? files.length > 0 : source === 'plan' ? copied !== null : true)
  const make = async (): Promise<void> => {
    setBusy(true)
    setFailed(null)
    try {
      const plan = await start()
      if (!plan) return
      if (plan.notes.length > 0)
        notification.info({
          title: say(text.notes, { n: plan.notes.length }),
          description: plan.notes
            .slice(0, 5)
            .map((note) => <p key={`${note.code} ${note.ids.join()}`}>{say(note.message)}</p>),
          placement: 'bottomRight',
        })
      showPlan(plan.id)
    } catch (thrown) {
      setFailed(thrown as ApiError)
      setBusy(false)
    }
  }
  return (
    <form
      className="import-form new-plan"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <label>
        {say(text.name)}
        <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
      </label>
      <div className="form-field">
        {say(text.begin)}
        <Radio.Group
          vertical
          value={source}
          onChange={(event) => setSource(event.target.value as Source)}
          options={[
            { value: 'division', label: say(text.fromDivision) },
            { value: 'atoms', label: say(text.fromAtoms) },
            { value: 'plan', label: say(text.fromPlan), disabled: copies.length === 0 },
            { value: 'file', label: say(text.fromFile) },
          ]}
        />
        <p className="quiet">{say(hints[source])}</p>
        {source === 'file' && (
          <input
            type="file"
            multiple
            aria-label={say(text.chooseFile)}
            onChange={(event) => setFiles([...(event.target.files ?? [])])}
          />
        )}
        {source === 'plan' && (
          <Select
            aria-label={say(text.fromPlan)}
            value={copied}
            onChange={setCopied}
            options={copies.map((plan) => ({ value: plan.id, label: plan.name }))}
          />
        )}
      </div>
      {failed && <Failed error={failed} />}
      <div className="state-actions">
        <Button type="primary" htmlType="submit" loading={busy} disabled={!isReady}>
          {say(text.create)}
        </Button>
        <Button onClick={onClose} disabled={busy}>
          {say(text.cancel)}
        </Button>
      </div>
      {busy && <p className="quiet">{say(text.creating)}</p>}
    </form>
  )
}

const hints = {
  division: text.fromDivisionHint,
  atoms: text.fromAtomsHint,
  plan: text.fromPlanHint,
  file: text.fromFileHint,
} as const
