/** Readings of the live board as server-sent events. */
import type { LivePosition } from '../../commands/positions/live-board.ts'
import type { LivePosition as LivePositionOut, liveEventSchemas } from '../../contract/live.ts'
import type { LiveReading } from './reader.ts'

export interface LiveThresholds {
  readonly liveStaleSeconds: number
  readonly liveOfflineSeconds: number
}

/** An event with data that is JSON already. */
export const writeEvent = (event: keyof typeof liveEventSchemas, data: string, id?: string): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`

/** @param at epoch milliseconds */
export function writeReading(reading: LiveReading, at: number, thresholds: LiveThresholds): string {
  const { isWhole, id, positions, gone, closed } = reading
  const parts = [
    `"at":${at}`,
    ...(isWhole
      ? [
          `"stale_after_s":${thresholds.liveStaleSeconds}`,
          `"offline_after_s":${thresholds.liveOfflineSeconds}`,
        ]
      : []),
    `"positions":${byTown(positions, textOf)}`,
    ...(isWhole ? [] : [`"gone":${byTown(gone, ({ duty }) => JSON.stringify(duty.worker))}`]),
    `"closed":${JSON.stringify(
      [...closed].map(([town, hours]) => ({
        town,
        from_hour: hours.liveFromHour,
        to_hour: hours.liveToHour,
      })),
    )}`,
  ]
  return writeEvent(isWhole ? 'snapshot' : 'positions', `{${parts.join(',')}}`, id)
}

function byTown(positions: readonly LivePosition[], write: (one: LivePosition) => string): string {
  const towns = new Map<string, string[]>()
  for (const one of positions) {
    const list = towns.get(one.duty.town)
    if (list) list.push(write(one))
    else towns.set(one.duty.town, [write(one)])
  }
  return `{${[...towns].map(([town, list]) => `${JSON.stringify(town)}:[${list.join(',')}]`).join(',')}}`
}

/** Written once, however many read it. */
const texts = new WeakMap<LivePosition, string>()

function textOf(position: LivePosition): string {
  const known = texts.get(position)
  if (known !== undefined) return known
  const text = JSON.stringify(present(position))
  texts.set(position, text)
  return text
}

const present = ({ duty, fix, inside }: LivePosition): LivePositionOut => [
  duty.worker,
  duty.name,
  degrees(fix.longitude),
  degrees(fix.latitude),
  fix.time,
  fix.receivedAt ?? null,
  tenths(fix.accuracyMetres),
  tenths(fix.speedMetresPerSecond),
  [...duty.grids],
  inside,
]

/** Six decimals are 0.1 m. */
const degrees = (value: number): number => Math.round(value * 1e6) / 1e6
const tenths = (value: number | undefined): number | null =>
  value === undefined ? null : Math.round(value * 10) / 10
