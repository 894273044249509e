/** The fixes of many workers as they are stored, for matching: read in two statements, made columns elsewhere. */
import { localDayOf } from '../core/trajectories/local-day.ts'
import { firstAtOrAfter, fixesBetween } from '../core/trajectories/order-fixes.ts'
import type { ReportedFixes } from '../core/trajectories/reported-fixes.ts'
import { bestOfEach } from './fix-blocks.ts'
import { unpackColumns, unpackFixes } from './pack-fixes.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

/** A worker's fixes in [from, to), epoch milliseconds. */
export interface FixSpan {
  readonly worker: string
  readonly from: number
  readonly to: number
}

/** What is stored of a span: whole days packed, and rows of what is not; both in time order. */
export interface StoredFixes {
  readonly blocks: readonly Uint8Array[]
  readonly rows: readonly StoredRow[]
}

interface StoredRow {
  readonly fixed_at: number
  readonly longitude: number
  readonly latitude: number
  readonly accuracy_metres: number | null
  readonly sent_at: number | null
  readonly received_at: number | null
  readonly is_mock: boolean
}

const blocksQuery = sql<{ span: number; packed: Buffer }>('fix-blocks/list-blocks-of-spans')
const rowsQuery = sql<StoredRow & { span: number }>('fixes/list-fixes-of-spans')

/** One for each span, in their order. */
export async function listStoredFixes(
  db: Scoped,
  town: string,
  spans: readonly FixSpan[],
): Promise<StoredFixes[]> {
  if (spans.length === 0) return []
  const from = Math.min(...spans.map((one) => one.from))
  const to = Math.max(...spans.map((one) => one.to))
  const workers = spans.map((one) => one.worker)
  // In this order: what is packed in between is read twice, not never.
  const rows = await db.many(rowsQuery, [
    town,
    workers,
    spans.map((one) => one.from),
    spans.map((one) => one.to),
    from,
    to,
  ])
  const blocks = await db.many(blocksQuery, [
    town,
    workers,
    spans.map((one) => localDayOf(one.from)),
    spans.map((one) => localDayOf(one.to)),
    localDayOf(from),
    localDayOf(to),
  ])
  const stored = spans.map(() => ({ blocks: [] as Uint8Array[], rows: [] as StoredRow[] }))
  // A buffer may be a view of a larger one, all of which would go along to another thread.
  for (const { span, packed } of blocks) stored[span]?.blocks.push(new Uint8Array(packed))
  for (const row of rows) stored[row.span]?.rows.push(row)
  return stored
}

/** The fixes of a span, one an instant: of those packed and those in rows the better reading. */
export function orderStoredFixes(
  { blocks, rows }: StoredFixes,
  { from, to }: Omit<FixSpan, 'worker'>,
): ReportedFixes {
  if (blocks.length === 0) return columnsOf(rows)
  const packed = joined(blocks.map((block) => between(unpackColumns(block), from, to)))
  if (rows.length === 0) return packed
  // The usual case: what is packed comes before what is not.
  const isBefore = packed.time.length === 0 || packed.time.at(-1)! < rows[0]!.fixed_at
  return isBefore ? joined([packed, columnsOf(rows)]) : columnsOf(bestOfBoth(blocks, rows, from, to))
}

function bestOfBoth(
  blocks: readonly Uint8Array[],
  rows: readonly StoredRow[],
  from: number,
  to: number,
): StoredRow[] {
  const packed = blocks.flatMap((block) =>
    unpackFixes(block)
      .filter((fix) => from <= fix.time && fix.time < to)
      .map((fix) => ({
        ...fix,
        row: {
          fixed_at: fix.time,
          longitude: fix.longitude,
          latitude: fix.latitude,
          accuracy_metres: fix.accuracyMetres ?? null,
          sent_at: fix.sentAt ?? null,
          received_at: fix.receivedAt ?? null,
          is_mock: fix.marks?.includes('mock') === true,
        },
      })),
  )
  const inRows = rows.map((row) => ({
    time: row.fixed_at,
    longitude: row.longitude,
    latitude: row.latitude,
    ...(row.accuracy_metres === null ? {} : { accuracyMetres: row.accuracy_metres }),
    row,
  }))
  return bestOfEach([...packed, ...inRows]).map(({ row }) => row)
}

function columnsOf(rows: readonly StoredRow[]): ReportedFixes {
  const columns = emptyColumns(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    columns.time[i] = row.fixed_at
    columns.longitude[i] = row.longitude
    columns.latitude[i] = row.latitude
    columns.accuracy[i] = row.accuracy_metres ?? Number.NaN
    columns.sentAt[i] = row.sent_at ?? Number.NaN
    columns.receivedAt[i] = row.received_at ?? Number.NaN
    columns.isMock[i] = row.is_mock ? 1 : 0
  }
  return columns
}

const emptyColumns = (n: number): ReportedFixes => ({
  time: new Float64Array(n),
  longitude: new Float64Array(n),
  latitude: new Float64Array(n),
  accuracy: new Float64Array(n),
  conflicts: [],
  sentAt: new Float64Array(n),
  receivedAt: new Float64Array(n),
  isMock: new Uint8Array(n),
})

function between(fixes: ReportedFixes, from: number, to: number): ReportedFixes {
  const a = firstAtOrAfter(fixes.time, from)
  const b = firstAtOrAfter(fixes.time, to)
  return {
    ...fixesBetween(fixes, from, to),
    sentAt: fixes.sentAt.subarray(a, b),
    receivedAt: fixes.receivedAt.subarray(a, b),
    isMock: fixes.isMock.subarray(a, b),
  }
}

/** Days one after the other. */
function joined(parts: readonly ReportedFixes[]): ReportedFixes {
  const [only] = parts
  if (only && parts.length === 1) return only
  const whole = emptyColumns(parts.reduce((n, part) => n + part.time.length, 0))
  let at = 0
  for (const part of parts) {
    whole.time.set(part.time, at)
    whole.longitude.set(part.longitude, at)
    whole.latitude.set(part.latitude, at)
    whole.accuracy.set(part.accuracy, at)
    whole.sentAt.set(part.sentAt, at)
    whole.receivedAt.set(part.receivedAt, at)
    whole.isMock.set(part.isMock, at)
    at += part.time.length
  }
  return whole
}
