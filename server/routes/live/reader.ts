/** What one reader has read of the live board and may see of it; nothing here waits or writes. */
import type { LiveBoard, LiveEntry, LivePosition } from '../../commands/positions/live-board.ts'
import type { LiveHours } from '../../core/policy/live-hours.ts'
import type { Watched } from '../../db/live.ts'

export interface LiveScope extends Watched {
  /** west, south, east, north in degrees; null: everywhere. */
  readonly bbox: readonly [number, number, number, number] | null
}

export interface LiveReading {
  /** Everybody in sight; else only what changed. */
  readonly isWhole: boolean
  readonly id: string
  readonly positions: readonly LivePosition[]
  /** Those who were in sight. */
  readonly gone: readonly LivePosition[]
  readonly closed: ReadonlyMap<string, LiveHours>
  readonly isEmpty: boolean
}

export interface LiveReader {
  /** What changed since the last reading; the first is whole, unless it goes on where an earlier reader stopped. */
  read(): LiveReading
}

/** @param lastId of the last reading of an earlier reader with the same scope */
export function createLiveReader(board: LiveBoard, scope: LiveScope, lastId: string | undefined): LiveReader {
  const towns = new Set(scope.towns)
  const villages = scope.villages && new Set(scope.villages)
  const mayBeSeen = ({ duty }: LivePosition): boolean =>
    towns.has(duty.town) && (villages === null || duty.villages.some((one) => villages.has(one)))
  const isInSight = ({ isShown, fix }: LivePosition): boolean => {
    if (!isShown || scope.bbox === null) return isShown
    const [west, south, east, north] = scope.bbox
    return west <= fix.longitude && fix.longitude <= east && south <= fix.latitude && fix.latitude <= north
  }
  const closedNow = (): ReadonlyMap<string, LiveHours> =>
    new Map([...board.duties.closed].filter(([town]) => towns.has(town)))

  const resumed = sequenceOf(board, lastId)
  let cursor = resumed ?? 0
  let isFirst = true
  /** What the client has; it is told when one of them leaves. */
  const shown = new Set<LiveEntry>()
  if (resumed !== undefined)
    for (const entry of board.changesSince(0))
      if (entry.sequence <= resumed && mayBeSeen(entry.position) && isInSight(entry.position))
        shown.add(entry)
  let closedBefore = ''

  return {
    read() {
      const positions: LivePosition[] = []
      const gone: LivePosition[] = []
      for (const entry of board.changesSince(cursor)) {
        const { position } = entry
        const isAllowed = mayBeSeen(position)
        if (isAllowed && isInSight(position)) {
          positions.push(position)
          shown.add(entry)
          // Of who changed while nobody read it is not known whether the client has them.
        } else if (shown.delete(entry) || (isAllowed && isFirst && resumed !== undefined)) gone.push(position)
      }
      cursor = board.sequence
      const closed = closedNow()
      const closedKey = [...closed.keys()].sort().join()
      const isWhole = isFirst && resumed === undefined
      const isSame = positions.length === 0 && gone.length === 0 && closedKey === closedBefore
      isFirst = false
      closedBefore = closedKey
      return { isWhole, id: `${board.epoch}.${cursor}`, positions, gone, closed, isEmpty: !isWhole && isSame }
    },
  }
}

/** Where a reader stopped; undefined when the board has begun anew since. */
function sequenceOf(board: LiveBoard, id: string | undefined): number | undefined {
  const [epoch, text = ''] = id?.split('.') ?? []
  if (epoch !== board.epoch || !/^\d{1,15}$/.test(text)) return undefined
  return Number(text) <= board.sequence ? Number(text) : undefined
}
