/** The repairs of what the plan screen shows, and what of them was chosen. */
import type { RepairMessage } from '../../../../server/contract/repairs.ts'
import { api } from '../../../api.ts'
import { useArea } from '../../../period.ts'
import { useStored } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { usePlanPeriod, usePlanReport } from '../data.ts'
import { type Chosen, useChosen } from './chosen.ts'

export interface Repairs {
  readonly area: { readonly code: string; readonly name: string }
  readonly day: string
  /** The division the repairs are of, as `choose` wants it. */
  readonly division: string
  /** Undefined while they are being worked out. */
  readonly repairs: readonly RepairMessage[] | undefined
  readonly chosen: Chosen
}

/** Null where no plan can be made of repairs: of a county, of an open plan, of a file that was only checked. */
export function useRepairs(): Repairs | null {
  const area = useArea()
  const day = usePlanPeriod()?.day
  const { fileGrids } = usePlanReport()
  const planOpen = useStored((state) => state.address.choices['plan'] !== undefined)
  const isStored = !planOpen && fileGrids === undefined
  const known = isStored && area && area.level !== 'county' && day ? { area, day } : null
  const { data, current } = useResource(known && api.repairs(known.area.code, known.day))
  const division = known ? `${known.area.code} ${known.day}` : ''
  const chosen = useChosen(division)
  return known && { ...known, division, repairs: current ? data?.repairs : undefined, chosen }
}

/** May this person make plans? Undefined until it is known who they are. */
export function useMayDraw(): boolean | undefined {
  const { data } = useResource(api.session())
  return data && (data.role === 'planner' || data.role === 'administrator')
}
