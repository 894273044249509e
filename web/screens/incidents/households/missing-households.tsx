/** The households that a step of the ladder lacks, asked for by a button: names and addresses masked. */
import { Button, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { api } from '../../../api.ts'
import { Failed, Loading } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useResource } from '../../../use-resource.ts'
import { daysOf, useInterval } from '../data.ts'
import { useHouseholdCategory } from './data.ts'
import { text } from './text.ts'

const steps = ['located', 'assigned', 'visited'] as const
type Step = (typeof steps)[number]

export function MissingHouseholds(): ReactNode {
  const say = useSay()
  const [step, setStep] = useState<Step | null>(null)
  return (
    <div className="filter-form">
      {step === null ? (
        <Button onClick={() => setStep('visited')}>{say(text.showMissing)}</Button>
      ) : (
        <>
          <Select<Step>
            aria-label={say(text.missingStep)}
            value={step}
            options={steps.map((value) => ({ value, label: say(text.steps[value]) }))}
            onChange={setStep}
          />
          <List step={step} />
        </>
      )}
    </div>
  )
}

function List({ step }: { readonly step: Step }): ReactNode {
  const say = useSay()
  const area = useArea()
  const interval = useInterval()
  const [category] = useHouseholdCategory()
  const { data, error, reload } = useResource(
    area && interval
      ? api.missingHouseholds(area.code, daysOf(interval), {
          step,
          ...(category !== '' && { category }),
        })
      : null,
  )
  if (error?.code === 'forbidden') return <p className="quiet">{say(text.refused)}</p>
  if (error) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={4} />
  return (
    <>
      <p className="quiet">
        {say(text.found, { n: formatNumber(data.total) })}
        {data.next !== null && ` · ${say(text.shown, { n: formatNumber(data.households.length) })}`}
      </p>
      <ul className="household-list">
        {data.households.map(({ id, grid, head, address }) => (
          <li key={id}>
            <b>{head ?? id}</b>{' '}
            <span className="quiet">{[id, address, grid].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
