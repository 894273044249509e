import { distanceMetres } from '../geometry/distance-metres.ts'
import type { EvidencePolicy } from '../policy/evidence-policy.ts'
import { atMostMetres } from '../trajectories/at-most-metres.ts'
import { MOVING, type Track, tickSeconds, UNKNOWN } from './track.ts'
import { type Finding, type Stretch, tenths } from './values.ts'

/** Speed is taken over this long, so that the receiver's error does not make it. */
const overTicks = 60 / tickSeconds
/** A red light does not end a ride. */
const breakTicks = 60 / tickSeconds

/**
 * Rides: stretches faster than the policy's speed for long enough, when they are most of the moving time and most of the metres of
 * the day. Speed over a minute, as the crow flies: never more than was driven.
 */
export function findVehicle(track: Track, policy: EvidencePolicy): Finding | undefined {
  const { state, longitude, latitude, midnight, first, moving } = track
  const metresBetween = (i: number, j: number): number =>
    distanceMetres(longitude[i]!, latitude[i]!, longitude[j]!, latitude[j]!)
  const n = state.length
  const fast = new Uint8Array(n)
  for (let i = overTicks; i < n; i++) {
    if (state[i] === UNKNOWN || state[i - overTicks] === UNKNOWN) continue
    const [from, seconds] = [i - overTicks, overTicks * tickSeconds]
    const slow = policy.vehicleMetresPerSecond * seconds
    if (atMostMetres(longitude[from]!, latitude[from]!, longitude[i]!, latitude[i]!) <= slow) continue
    if (metresBetween(from, i) / seconds > policy.vehicleMetresPerSecond) fast.fill(1, i - overTicks, i)
  }
  const rides: { first: number; last: number }[] = []
  for (let i = 0; i < n; i++) {
    if (fast[i] === 0) continue
    const ride = rides.at(-1)
    if (ride && i - ride.last <= breakTicks) ride.last = i
    else rides.push({ first: i, last: i })
  }
  const long = rides.filter((ride) => (ride.last - ride.first) * tickSeconds >= policy.vehicleSeconds)
  if (long.length === 0) return undefined
  let [ridden, metres, all, most] = [0, 0, 0, 0]
  for (let i = 1; i < n; i++)
    if (state[i] === MOVING && state[i - 1] === MOVING) all += metresBetween(i - 1, i)
  for (const ride of long)
    for (let i = ride.first; i < ride.last; i++) {
      if (state[i] !== MOVING || state[i + 1] !== MOVING) continue
      ridden++
      const step = metresBetween(i, i + 1)
      metres += step
      if (i < overTicks || state[i - overTicks] === UNKNOWN) continue
      most = Math.max(most, metresBetween(i - overTicks, i) / (overTicks * tickSeconds))
    }
  if (ridden === 0 || ridden < policy.vehicleShare * moving || metres < policy.vehicleShare * all)
    return undefined
  const instant = (index: number): number => midnight + (first + index) * tickSeconds * 1000
  return {
    figures: {
      ride_seconds: ridden * tickSeconds,
      moving_seconds: moving * tickSeconds,
      ride_metres: Math.round(metres),
      moving_metres: Math.round(all),
      most_metres_per_second: tenths(most),
    },
    stretches: long.map((ride): Stretch => ({ from: instant(ride.first), to: instant(ride.last) })),
  }
}
