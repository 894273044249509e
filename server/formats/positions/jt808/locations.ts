/** Positions of JT/T 808: 0x0200 (8.18), its batches 0x0704 (8.49) and 0x0210, which some makers have. */
import { kilometrePerHour, type Report } from '../read-report.ts'
import { messageIds } from './messages.ts'

/** Alarm, status, latitude, longitude, altitude, speed, direction, time; items of any kind may follow. */
const leastBytes = 28

const statusBits = { isPositioned: 1 << 1, isSouth: 1 << 2, isWest: 1 << 3 } as const

/**
 * The positions of a message; undefined when it cannot be cut into them. Latitude and longitude are millionths of a degree with
 * their signs in the status, speed is in tenths of km/h, the time is BCD in GMT+8.
 */
export function readLocations(id: number, body: Buffer): readonly Report[] | undefined {
  switch (id) {
    case messageIds.location:
      return all([body])
    case messageIds.locationBatch:
      // How many, and whether they are late; then each behind its length.
      return body.length < 3 ? undefined : all(pieces(body.subarray(3), 2), body.readUInt16BE(0))
    case messageIds.locationBatch2:
      // Battery and time: the terminal is there, without a position.
      return body.length === 7 ? [] : all(pieces(body, 1))
    default:
      return undefined
  }
}

function all(bodies: readonly Buffer[] | undefined, count = bodies?.length): readonly Report[] | undefined {
  if (!bodies || bodies.length !== count || bodies.some((body) => body.length < leastBytes)) return undefined
  return bodies.map(reportOf)
}

/** Bodies behind lengths of one or two bytes, to the end. */
function pieces(bytes: Buffer, lengthBytes: 1 | 2): readonly Buffer[] | undefined {
  const found: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    if (at + lengthBytes > bytes.length) return undefined
    const end = at + lengthBytes + bytes.readUIntBE(at, lengthBytes)
    if (end > bytes.length) return undefined
    found.push(bytes.subarray(at + lengthBytes, end))
    at = end
  }
  return found
}

function reportOf(body: Buffer): Report {
  const status = body.readUInt32BE(4)
  const has = (bit: number): boolean => (status & bit) !== 0
  return {
    latitude: degrees(body.readUInt32BE(8), has(statusBits.isSouth)),
    longitude: degrees(body.readUInt32BE(12), has(statusBits.isWest)),
    speed: body.readUInt16BE(18) / 10,
    speedUnit: kilometrePerHour,
    time: clockTime(body.toString('hex', 22, 28)),
    isValid: has(statusBits.isPositioned),
    isMock: false,
  }
}

const degrees = (millionths: number, isNegative: boolean): number =>
  (isNegative ? -millionths : millionths) / 1e6

/** `140723172015` → `2014-07-23 17:20:15`, which is Asia/Shanghai as all times without a zone are. */
const clockTime = (bcd: string): string =>
  `20${bcd.replace(/^(..)(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6')}`
