/** What the evidence parts of the patrol screen read, and the piece that is compared on the map. */
import type { EvidencePiece } from '../../../../server/contract/evidence.ts'
import { api } from '../../../api.ts'
import { addDays, formatDuration, formatLength, formatNumber, formatShare } from '../../../i18n/format.ts'
import { wordOr } from '../../../i18n/words.ts'
import { useArea } from '../../../period.ts'
import { useChoice } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { useAccount } from '../account.ts'
import { usePatrolDayShown, useWorker } from '../data.ts'
import type { Fact } from '../derivation.ts'
import { monthOf } from '../month.ts'
import { text } from './text.ts'

/** Of the day and worker in the drawer. */
export const useDayEvidence = () => {
  const area = useArea()
  const day = usePatrolDayShown()
  const worker = useWorker()
  const { seesRecords } = useAccount()
  return useResource(
    area && day && worker !== null && seesRecords
      ? api.evidence(area.code, { from: day, to: addDays(day, 1) }, { worker })
      : null,
  )
}

/** Of the month shown. */
export const useMonthEvidence = () => {
  const area = useArea()
  const day = usePatrolDayShown()
  const { seesRecords } = useAccount()
  return useResource(area && day && seesRecords ? api.evidence(area.code, monthOf(day)) : null)
}

/** The id of the piece that is compared on the map, kept in the address; empty: none. */
export const useCompared = () => useChoice<string>('compare', '')

/** The piece that is compared on the map now, if it is one of the day shown. */
export function useComparedPiece(): EvidencePiece | undefined {
  const [id] = useCompared()
  const { data, current } = useDayEvidence()
  return id === '' || !current ? undefined : data?.evidence.find((one) => one.id === id)
}

/** The other trace of the piece that is compared. */
export const useOtherDay = () => {
  const area = useArea()
  const other = useComparedPiece()?.other
  return useResource(area && other ? api.patrolDay(area.code, other.worker, other.day) : null)
}

/** A figure in its unit, as its name ends. */
export function factOf(name: string, value: number): Fact {
  const written = name.endsWith('_per_second')
    ? `${formatNumber(value, 1)} m/s`
    : name.endsWith('seconds')
      ? formatDuration(Math.abs(value))
      : name === 'median_offset_metres'
        ? `${formatNumber(value, 3)} m`
        : name.endsWith('metres')
          ? formatLength(value)
          : name.endsWith('share')
            ? formatShare(value)
            : formatNumber(value)
  return { name: wordOr(text.figures, name), value: written }
}
