/** What a device reports: judged, given to the worker who carried it at that instant, durable before the answer. */
import { arrivalPolicy, type FixMark, judgeArrival } from '../../core/trajectories/judge-arrival.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { Fix, Flaw, Place } from '../../core/values.ts'
import type { KnownDevice } from '../../db/devices.ts'
import type { WorkerFix } from '../../db/worker-fix.ts'
import { badRequest } from '../../errors.ts'
import { type Report, readReport } from '../../formats/positions/read-report.ts'
import type { FixWriter } from './fix-writer.ts'

export interface TakenReports {
  /** Readings that are durable now, new or known before. */
  readonly taken: number
  /** Why each of the others was not taken; they stand in the device's notes. */
  readonly flaws: readonly Flaw[]
}

/**
 * Takes in what a device reports. A reading that cannot be believed is refused for good and noted, so that a phone does not offer
 * it for ever; one of a device that nobody carries is refused for now.
 * @throws AppError `bad_request` when nobody carries the device, `busy`; DatabaseError
 */
export async function takeReports(
  writer: FixWriter,
  device: KnownDevice,
  reports: readonly Report[],
  now: number,
): Promise<TakenReports> {
  const fixes: WorkerFix[] = []
  const refused: Flaw[] = []
  const corrected: Flaw[] = []
  for (const [i, report] of reports.entries()) {
    const place: Place = reports.length > 1 ? { id: device.id, record: i + 1 } : { id: device.id }
    const judged = judgeReport(device, report, place, now)
    if ('flaws' in judged) refused.push(...judged.flaws)
    else {
      fixes.push(judged.fix)
      corrected.push(...judged.notes)
    }
  }
  const day = localDayOf(now)
  const notes = [...refused, ...corrected].map((flaw) => ({ device: device.id, day, flaw }))
  await writer.write({ town: device.town, fixes, notes, now })
  const isUnbound = refused.length > 0 && refused.every((one) => one.code === 'device_unbound')
  if (fixes.length === 0 && isUnbound && workerAt(device, now) === undefined)
    throw badRequest(unbound(device.id), refused)
  return { taken: fixes.length, flaws: refused }
}

type Judged =
  | { readonly fix: WorkerFix; readonly notes: readonly Flaw[] }
  | { readonly flaws: readonly Flaw[] }

function judgeReport(device: KnownDevice, report: Report, place: Place, now: number): Judged {
  const read = readReport(report, device.coordinateSystem, place)
  if ('flaws' in read) return read
  const circumstances = { now, box: device.box, lateMilliseconds: arrivalPolicy.lateMilliseconds }
  const arrival = judgeArrival(read.fix, circumstances, place)
  if ('refused' in arrival) return { flaws: [arrival.refused] }
  const turned = arrival.marks.includes('hemisphere')
    ? withSigns(device, report, read.fix, arrival.fix, place)
    : arrival.fix
  const worker = workerAt(device, arrival.fix.time)
  if (worker === undefined) {
    const value = new Date(arrival.fix.time).toISOString()
    return { flaws: [{ code: 'device_unbound', place, message: unbound(device.id), value }] }
  }
  const marks: FixMark[] = report.isMock ? [...arrival.marks, 'mock'] : [...arrival.marks]
  return { fix: workerFix(turned, worker, device.id, report, marks, now), notes: arrival.notes }
}

/** The position read again with its signs turned: GCJ-02 and BD-09 differ from WGS 84 in China only, where it was not before. */
function withSigns(device: KnownDevice, report: Report, before: Fix, after: Fix, place: Place): Fix {
  const turn = (value: unknown, from: number, to: number): unknown => (from === to ? value : -Number(value))
  const turned = {
    ...report,
    longitude: turn(report.longitude, before.longitude, after.longitude),
    latitude: turn(report.latitude, before.latitude, after.latitude),
  }
  const read = readReport(turned, device.coordinateSystem, place)
  return 'fix' in read ? { ...after, longitude: read.fix.longitude, latitude: read.fix.latitude } : after
}

const workerFix = (
  fix: Fix,
  worker: string,
  device: string,
  { sentAt }: Report,
  marks: readonly FixMark[],
  now: number,
): WorkerFix => ({
  ...fix,
  worker,
  device,
  receivedAt: now,
  ...(sentAt !== undefined && { sentAt }),
  ...(marks.length > 0 && { marks }),
})

/** Who carried the device at an instant. */
const workerAt = ({ bindings }: KnownDevice, time: number): string | undefined =>
  bindings.find((one) => one.from <= time && (one.to === null || time < one.to))?.worker

const unbound = (id: string): { zh: string; en: string } => ({
  zh: `设备 ${id} 当时没有分配给网格员`,
  en: `nobody carried the device ${id} then`,
})
