/** One reading as a device reports it, whatever its protocol, and the fix in WGS 84 that is made of it. */
import type { Fix, Flaw, Place } from '../../core/values.ts'
import { type CoordinateSystem, coordinateSystem } from '../coordinate-systems.ts'
import { buildFix, type RawFix } from '../fix-builder.ts'
import { FileRefused, flaw } from '../flaw-codes.ts'
import { shanghaiOffsetMinutes } from '../times.ts'

/** A reading before it is judged: values as the device wrote them. */
export interface Report extends RawFix {
  /** False: the device itself says that it has no position now. */
  readonly isValid: boolean
  /** The device says that the position is made up by a program. */
  readonly isMock: boolean
  /** The device's clock when it sent the report, epoch milliseconds; absent where the protocol does not carry it. */
  readonly sentAt?: number
}

/** Metres per second in one knot, and in one kilometre per hour. */
export const knot = 1852 / 3600
export const kilometrePerHour = 1 / 3.6

/** Phones write an accuracy of 0 for "unknown": no receiver is exact. */
export const accuracyOrNone = (value: unknown): unknown =>
  value === 0 || value === '0' || value === '0.0' ? undefined : value

/**
 * The fix of a report, or every reason why it is none. A time without a zone is Asia/Shanghai.
 * @param crs the device's declared coordinate system, as `crsFlaws` let it pass
 */
export function readReport(
  report: Report,
  crs: string,
  place: Place,
): { readonly fix: Fix } | { readonly flaws: readonly Flaw[] } {
  if (!report.isValid) return { flaws: [flaw('position_not_valid', place, {})] }
  const read = buildFix(report, systemCalled(crs), shanghaiOffsetMinutes, place, undefined, '')
  return 'record' in read ? { fix: read.record.fix } : read
}

const systems = new Map<string, CoordinateSystem>()

function systemCalled(crs: string): CoordinateSystem {
  let system = systems.get(crs)
  if (!system) systems.set(crs, (system = coordinateSystem(crs, {})))
  return system
}

/** What is wrong with the name of a coordinate system. */
export function crsFlaws(crs: string, place: Place): readonly Flaw[] {
  try {
    coordinateSystem(crs, place)
    return []
  } catch (error) {
    if (error instanceof FileRefused) return error.flaws
    throw error
  }
}
