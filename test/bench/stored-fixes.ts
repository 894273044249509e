/**
 * What a stored fix takes over a working day, as a county keeps it: rows of the last quarters of an hour, what is older packed, all of it in
 * the night. The service's own steps, on either engine; dead rows are removed after each packing, as autovacuum and, on the
 * embedded engine, the service do. Bytes are those of table, index and TOAST, free space among them.
 */
import { keepFixes } from '../../server/commands/keep-fixes.ts'
import { takeFixes } from '../../server/commands/take-fixes.ts'
import { type Database, openDatabase } from '../../server/db/database.ts'
import { statement } from '../../server/db/sql.ts'
import type { WorkerFix } from '../../server/db/worker-fix.ts'
import { observe, streetWalk } from '../core/trajectories/simulate.ts'
import { testPlace } from '../support/place.ts'
import type { BenchRow } from './bench-row.ts'

const town = '330683001'
const workers = Number(process.env['BENCH_WORKERS'] ?? 120)
const day = '2026-10-08'
const from = Date.parse(`${day}T08:00:00+08:00`)
const hours = 8
const everySeconds = 10
const hour = 3_600_000
/** As the service does (start.ts). */
const packedEvery = hour / 4

interface Moment {
  readonly fixes: number
  readonly bytes: number
}

/** A day as phones report it: walked along streets, an error of 8 m with a memory of a minute, each fix sent a little later. */
function dayOf(worker: number): WorkerFix[] {
  const out = streetWalk(1.2, 60)
  const how = { from, every: everySeconds, seed: worker, sigma: 8, correlation: 60, statesAccuracy: true }
  return observe((second) => out(second % 1200), hours * 3600, how).map((fix) => ({
    worker: `w${String(worker).padStart(5, '0')}`,
    time: fix.time,
    longitude: Math.round(fix.longitude * 1e7) / 1e7,
    latitude: Math.round(fix.latitude * 1e7) / 1e7,
    accuracyMetres: Math.round((fix.accuracyMetres ?? 8) * 10) / 10,
    device: `d${String(worker).padStart(5, '0')}`,
    receivedAt: fix.time + 900 + ((fix.time / 1000) % 7) * 100,
  }))
}

const sizes = statement<Moment>(
  `select (select count(*) from wangge.fixes)::int + (select coalesce(sum(fixes), 0) from wangge.fix_blocks)::int as fixes,
    (select coalesce(sum(pg_total_relation_size(inhrelid)), 0) from pg_inherits
     where inhparent in ('wangge.fixes'::regclass, 'wangge.fix_blocks'::regclass))::float8 as bytes`,
)

async function theDay(db: Database): Promise<{ fullest: Moment[]; packed: Moment; seconds: number }> {
  const system = db.system()
  await system.none(
    statement(
      `insert into wangge.areas (area_code, town_id, level, name, lineage) values ('${town}', '${town}', 'township', 't', array['${town}'])`,
    ),
  )
  const all = Array.from({ length: workers }, (_, worker) => dayOf(worker))
  let seconds = 0
  const keep = async (now: number): Promise<void> => {
    const began = performance.now()
    await keepFixes(db, { now })
    seconds += (performance.now() - began) / 1000
    if (db.engine === 'native') await db.maintain()
  }
  // Before each packing: there is never more than then.
  const fullest: Moment[] = []
  for (let until = from + packedEvery; until <= from + hours * hour; until += packedEvery) {
    for (const ofWorker of all) {
      const now = ofWorker.filter(({ time }) => time >= until - packedEvery && time < until)
      await system.transaction((open) => takeFixes(open, town, now))
    }
    fullest.push(await system.one(sizes))
    await keep(until)
  }
  await keep(from + 4 * 24 * hour)
  return { fullest, packed: await system.one(sizes), seconds }
}

export async function bench(): Promise<BenchRow[]> {
  const place = await testPlace('migrated')
  const db = await openDatabase(place.options)
  try {
    const { fullest, packed, seconds } = await theDay(db)
    const sum = (figure: keyof Moment): number => fullest.reduce((all, one) => all + one[figure], 0)
    const over = sum('bytes') / sum('fixes')
    const last = fullest.at(-1)!
    const each = packed.bytes / packed.fixes
    const share = (seconds / (fullest.length * workers)) * 1000
    const row = (name: string, ours: number, theirs: number, note: string): BenchRow => ({
      name: `stored fixes: ${name}, against ${theirs}`,
      ours,
      theirs,
      ratio: ours / theirs,
      target: '<= 1',
      unit: 'bytes',
      note,
    })
    return [
      row(
        'bytes of a fix over a working day, all that is stored of that day at each quarter of an hour',
        over,
        40,
        `${packed.fixes} fixes of ${workers} workers, ${hours} h, one each ${everySeconds} s; at the end of the day ${(last.bytes / last.fixes).toFixed(1)}, after the first quarter ${(fullest[0]!.bytes / fullest[0]!.fixes).toFixed(0)}; packing takes ${share.toFixed(1)} ms a worker and quarter, ${db.engine}`,
      ),
      row('bytes of a fix once packed', each, 12, 'without loss, with index'),
    ]
  } finally {
    await db.close()
    await place.remove()
  }
}
