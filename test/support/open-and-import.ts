/**
 * Run as a process of its own by test/sql/crash.test.ts, to be killed: opens the database in the folder given, keeps a thousand
 * rows, then inserts without end in one transaction. Prints `open`, `kept`, `busy` on lines of their own.
 */
import { openDatabase } from '../../server/db/database.ts'
import { statement } from '../../server/db/sql.ts'
import { silentLog } from './silent-log.ts'

const db = await openDatabase({ folder: process.argv[2] ?? '', log: silentLog, migrate: false })
const say = (word: string): boolean => process.stdout.write(`${word}\n`)
say('open')

const columns = {
  town_id: 'text',
  grid_code: 'text',
  kind: 'text',
  valid_from: 'timestamptz',
  boundary: 'geometry',
} as const
function* grids(from: number, to: number): Generator<readonly unknown[]> {
  for (let i = from; i < to; i++) {
    const [west, south] = [110 + (i % 1000) / 100, 30 + Math.floor(i / 1000) / 100]
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ].map(([x = 0, y = 0]) => `${west + x / 100} ${south + y / 100}`)
    yield ['T', `g${i}`, 'ordinary', 0, `SRID=4326;MULTIPOLYGON(((${ring.join(',')})))`]
  }
}

await db.system().transaction(async (t) => {
  await t.none(
    statement(
      `insert into wangge.areas (area_code, level, name, town_id, lineage) values ('T', 'township', 'T', 'T', '{T}')`,
    ),
  )
  await t.insertMany('grids', columns, grids(0, 1000))
})
say('kept')

await db.system().transaction(async (t) => {
  for (let from = 1000; ; from += 2000) {
    await t.insertMany('grids', columns, grids(from, from + 2000))
    if (from === 9000) say('busy')
  }
})
