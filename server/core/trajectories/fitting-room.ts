import { LegCutter, type LegPenalty } from './cut-legs.ts'
import { LineFits } from './line-fits.ts'

interface FittingRoom {
  readonly fits: LineFits
  readonly cutter: LegCutter
}

/**
 * Room for fitting legs, kept from day to day: making and clearing it anew took a sixth of a day's measuring. One day is measured at a time.
 * @param leastMoving see `LineFits`
 * @param penalty see `LegCutter`
 */
export function keptRoom(leastMoving: number, penalty: LegPenalty): (capacity: number) => FittingRoom {
  let kept = 0
  let room: FittingRoom = { fits: new LineFits(0, leastMoving), cutter: new LegCutter(0, penalty) }
  return (capacity) => {
    if (capacity > kept) {
      kept = 2 * capacity
      room = { fits: new LineFits(kept, leastMoving), cutter: new LegCutter(kept, penalty) }
    }
    return room
  }
}
