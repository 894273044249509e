/** Under the list of problems: how many repairs were chosen, and the plan they become. */
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ApiError } from '../../../api-error.ts'
import { createPlan } from '../../../api-plans.ts'
import { Failed } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { showPlan } from '../editor/plan-list.tsx'
import { choose, chosenOptions, withRecommended } from './chosen.ts'
import { type Repairs, useMayDraw, useRepairs } from './data.ts'
import { text } from './text.ts'

export function RepairBar(): ReactNode {
  const found = useRepairs()
  const mayDraw = useMayDraw()
  if (!mayDraw || !found?.repairs?.some(({ options }) => options.length > 0)) return null
  return <Bar {...found} repairs={found.repairs} />
}

type BarProps = Repairs & { readonly repairs: NonNullable<Repairs['repairs']> }

function Bar({ area, day, division, repairs, chosen }: BarProps): ReactNode {
  const say = useSay()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ApiError | null>(null)
  const options = chosenOptions(chosen, repairs)
  const all = withRecommended(chosen, repairs)
  const recommended = repairs.filter((one) => one.recommended !== null).length

  const make = async (): Promise<void> => {
    setBusy(true)
    setFailed(null)
    try {
      const ids = options.map(({ id }) => id)
      const name = say(text.planName, { area: area.name })
      const plan = await createPlan(area.code, name, { source: 'division', day, repairs: ids })
      choose(division, new Map())
      showPlan(plan.id)
    } catch (thrown) {
      setFailed(thrown as ApiError)
      setBusy(false)
    }
  }

  return (
    <div className="repair-bar">
      {failed && <Failed error={failed} />}
      <div className="repair-bar-line">
        <output>{say(text.chosen, { n: formatNumber(options.length) })}</output>
        {all.size > chosen.size && (
          <Button size="small" disabled={busy} onClick={() => choose(division, all)}>
            {say(text.takeRecommended, { n: formatNumber(recommended) })}
          </Button>
        )}
        {options.length > 0 && (
          <>
            <Button size="small" type="text" disabled={busy} onClick={() => choose(division, new Map())}>
              {say(text.clear)}
            </Button>
            <Button size="small" type="primary" loading={busy} onClick={() => void make()}>
              {say(busy ? text.makingPlan : text.makePlan)}
            </Button>
          </>
        )}
      </div>
      {options.length > 0 && <p className="quiet">{say(text.planNote)}</p>}
    </div>
  )
}
