/** Statistics that help the planner, and do not fell a query. */
import { beforeAll, describe, expect, it } from 'vitest'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'

const test = useDatabase()

beforeAll(async () => {
  const system = test.db.system()
  // A thousand squares around 120° E 30° N, a thousand points around 10° W 50° S: enough of both for an estimate from statistics.
  await system.none(
    statement(
      `create table wangge.here (id integer constraint here_pk primary key, ground geometry(Polygon, 4326))`,
    ),
  )
  await system.none(
    statement(
      `create table wangge.elsewhere (id integer constraint elsewhere_pk primary key, spot geometry(Point, 4326))`,
    ),
  )
  await system.none(
    statement(`insert into wangge.here
      select i, st_makeenvelope(120 + i * 0.001, 30, 120.001 + i * 0.001, 30.001, 4326) from generate_series(1, 1000) i`),
  )
  await system.none(
    statement(`insert into wangge.elsewhere
      select i, st_setsrid(st_makepoint(-10 - i * 0.001, -50), 4326) from generate_series(1, 1000) i`),
  )
  await test.db.maintain()
})

describe('after maintenance', () => {
  it('tables whose extents do not meet can be joined', async () => {
    const joined = await test.db
      .system()
      .one(
        statement<{ n: number }>(
          'select count(*) as n from wangge.here join wangge.elsewhere on st_intersects(ground, spot)',
        ),
      )
    expect(joined.n).toBe(0)
  })

  it('the planner knows how many different values a column has', async () => {
    const known = await test.db.system().many(
      statement<{ tablename: string; n_distinct: number }>(
        `select tablename, n_distinct from pg_stats where schemaname = 'wangge' and attname = 'id'
             and tablename in ('here', 'elsewhere') order by tablename`,
      ),
    )
    // -1: every row has a value of its own.
    expect(known).toEqual([
      { tablename: 'elsewhere', n_distinct: -1 },
      { tablename: 'here', n_distinct: -1 },
    ])
  })
})
