/** Who sees what: the scope every query carries, and row-level security behind it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type Query, statement } from '../../server/db/sql.ts'
import type { Viewer } from '../../server/db/viewer.ts'
import { failureOf, useDatabase } from '../support/database.ts'

const test = useDatabase()

const viewer = (areas: Viewer['areas']): Viewer => ({ name: 'test', role: 'planner', areas })

/** One row of each town's table for the town `%T`; a new table has to be added here before the tests pass. */
const rowOf: Readonly<Record<string, string>> = {
  grids: `(town_id, grid_code, valid_from, kind, boundary) values ('%T', '%T001', '2026-01-01', 'ordinary', %P)`,
  villages: `(town_id, village_id, name, boundary) values ('%T', 'v', '村', %P)`,
  buildings: `(town_id, building_id, boundary) values ('%T', 'b', %P)`,
  roads: `(town_id, road_id, class, path) values ('%T', 'r', 'residential', st_geomfromtext('MULTILINESTRING((0 0, 1 1))', 4326))`,
  land: `(town_id, land_id, kind, boundary) values ('%T', 'l', 'water', %P)`,
  households: `(town_id, household_id, position) values ('%T', 'h', st_setsrid(st_makepoint(0, 0), 4326))`,
  places: `(town_id, place_id, kind, name, position) values ('%T', 'p', 'school', '小学', st_setsrid(st_makepoint(0, 0), 4326))`,
  workers: `(town_id, worker_id, name, role) values ('%T', 'w', '张三', 'full_time')`,
  assignments: `(town_id, worker_id, grid_code, role, valid_from) values ('%T', 'w', '%T001', 'full_time', '2026-01-01')`,
  roster: `(town_id, household_id, worker_id, valid_from) values ('%T', 'h', 'w', '2026-01-01')`,
  fixes: `(town_id, worker_id, fixed_at, longitude, latitude) values ('%T', 'w', '2026-10-08 08:00+08', 0, 0)`,
  fix_blocks: `(town_id, worker_id, day, fixes, first_at, last_at, packed_on, packed)
    values ('%T', 'w', '2026-10-08', 1, now(), now(), '2026-10-11', '')`,
  patrol_days: `(town_id, worker_id, day, grid_code, fixes, first_at, last_at, seconds_inside, seconds_outside,
    seconds_unobserved, seconds_unreliable, metres_inside, metres_outside, metres_raw, rounds, hexagons_visited,
    hexagons_in_grid, households_passed, households_total, result)
    values ('%T', 'w', '2026-10-08', '%T001', 1, now(), now(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}')`,
  traces: `(town_id, worker_id, day, label, path)
    values ('%T', 'w', '2026-10-08', 'inside', st_geomfromtext('MULTILINESTRING((0 0, 1 1))', 4326))`,
  drawn_days: `(town_id, worker_id, day, packed) values ('%T', 'w', '2026-10-08', '')`,
  visits: `(town_id, visit_id, worker_id, household_id, visited_from, evidence) values ('%T', 'v', 'w', 'h', now(), 'form')`,
  incidents: `(town_id, incident_id, category, occurred_at) values ('%T', 'i', 'fire', now())`,
  access_log: `(town_id, happened_at, viewer, action, subject) values ('%T', now(), 'test', 'read', 'h')`,
  imports: `(town_id, kind, files, imported_at, viewer, counts) values ('%T', 'grids', '{a}', now(), 'test', '{}')`,
  fix_batches: `(town_id, batch_key, received_at, fixes) values ('%T', 'k', now(), 1)`,
  passes: `(town_id, worker_id, day, household_id) values ('%T', 'w', '2026-10-08', 'h')`,
  ground_passes: `(town_id, worker_id, day, grid_code, kind, subject_id)
    values ('%T', 'w', '2026-10-08', '%T001', 'lane', 'r-1')`,
  displacement_keys: `(town_id, secret, made_at) values ('%T', 's', now())`,
  check_in_keys: `(town_id, secret, made_at) values ('%T', 's', now())`,
  grids_history: `(town_id, grid_code, valid_from, kind, boundary, recorded_from, recorded_to, became)
    values ('%T', '%T001', '2026-01-01', 'ordinary', %P, '-infinity', '2026-02-01', 'corrected')`,
  plans: `(town_id, plan_id, area_code, name, source, created_by, created_at, updated_by, updated_at)
    values ('%T', 'p', '%T', '方案', 'atoms', 'test', now(), 'test', now())`,
  plan_drawings: `(town_id, plan_id, revision, document) values ('%T', 'p', 1, '{}')`,
  plan_edits: `(town_id, plan_id, revision, seq, batch_id, op, edit, inverse, grids, author, made_at)
    values ('%T', 'p', 2, 1, 'b', 'edit', '{}', '{}', '{}', 'test', now())`,
  plan_decisions: `(town_id, plan_id, seq, kind, revision, decided_by, decided_role, decided_at)
    values ('%T', 'p', 1, 'submitted', 1, 'test', 'planner', now())`,
  plan_comments: `(town_id, plan_id, comment_id, body, revision, author, author_role, made_at)
    values ('%T', 'p', 'c', '此处', 1, 'test', 'planner', now())`,
  plan_tasks: `(town_id, plan_id, task_id, kind) values ('%T', 'p', 't', 'grid_without_leader')`,
  problem_exceptions: `(town_id, area_code, problem_id, made_at, code, grids, fingerprint, author, reason)
    values ('%T', '%T', 'x', now(), 'gap', '{}', 'f', 'test', '水库')`,
  duty_records: `(town_id, record_id, worker_id, kind, from_day, to_day, state, note, entered_by, entered_at)
    values ('%T', 'x', 'w', 'leave', '2026-10-08', '2026-10-09', 'granted', '病假', 'test', now())`,
  objections: `(town_id, worker_id, day, claimed_from, claimed_to, claim, entered_by, entered_at)
    values ('%T', 'w', '2026-10-08', now(), now() + interval '1 minute', '楼内', 'test', now())`,
  closed_months: `(town_id, worker_id, month, closed_at, closed_by, sheet, policy) values ('%T', 'w', '2026-10-01', now(), 'test', '{}', '{}')`,
  devices: `(town_id, device_id, kind, coordinate_system, added_at, added_by)
    values ('%T', 'd%T', 'osmand', 'EPSG:4326', now(), 'test')`,
  device_bindings: `(town_id, device_id, worker_id, valid_from, bound_by) values ('%T', 'd%T', 'w', '2026-01-01', 'test')`,
  device_notes: `(town_id, device_id, day, code, reports, first_at, last_at, example)
    values ('%T', 'd%T', '2026-10-08', 'time_in_future', 1, now(), now(), '{}')`,
  day_sketches: `(town_id, day, worker_id, meetings, landmarks) values ('%T', '2026-10-08', 'w', '', '')`,
  stale_evidence: `(town_id, day) values ('%T', '2026-10-08')`,
  evidence: `(town_id, evidence_id, worker_id, day, code, from_at, to_at, figures, stretches)
    values ('%T', 'e', 'w', '2026-10-08', 'vehicle', now(), now(), '{}', '[]')`,
  evidence_notes: `(town_id, evidence_id, worker_id, day, state, reason, noted_by, noted_at)
    values ('%T', 'e', 'w', '2026-10-08', 'seen', '已电话核实', 'test', now())`,
  joint_patrols: `(town_id, joint_id, workers, from_day, to_day, note, entered_by, entered_at)
    values ('%T', 'j', '{w,v}', '2026-10-08', '2026-10-09', '节前联合巡查', 'test', now())`,
  incident_events: `(town_id, incident_id, revision, action, to_state, from_level, to_level, made_at, made_by)
    values ('%T', 'i', 1, 'report', 'reported', 'village', 'village', now(), 'test')`,
  incident_photos: `(town_id, incident_id, photo_id, media_type, picture, width, height, added_at, added_by)
    values ('%T', 'i', 'p', 'image/png', '\\x00', 1, 1, now(), 'test')`,
  stale_days: `(town_id, worker_id, day) values ('%T', 'w', '2026-10-08')`,
}
const square = `st_geomfromtext('MULTIPOLYGON(((0 0, 1 0, 1 1, 0 1, 0 0)))', 4326)`
const tables = Object.keys(rowOf)
const insertInto = (table: string, town: string): Query =>
  statement(`insert into wangge.${table} ${rowOf[table]?.replaceAll('%T', town).replaceAll('%P', square)}`)

beforeAll(async () => {
  const area = (code: string, level: string, town: string | null, lineage: string[]): unknown[] => [
    code,
    lineage.at(-2) ?? null,
    level,
    code,
    town,
    lineage,
  ]
  await test.db.system().insertMany(
    'areas',
    {
      area_code: 'text',
      parent_code: 'text',
      level: 'text',
      name: 'text',
      town_id: 'text',
      lineage: 'text[]',
    },
    [
      area('C', 'county', null, ['C']),
      area('D', 'county', null, ['D']),
      area('A', 'township', 'A', ['C', 'A']),
      area('B', 'township', 'B', ['C', 'B']),
      area('E', 'township', 'E', ['D', 'E']),
      area('A1', 'village', 'A', ['C', 'A', 'A1']),
      area('A2', 'village', 'A', ['C', 'A', 'A2']),
      area('B1', 'village', 'B', ['C', 'B', 'B1']),
    ],
  )
  const ensureDay = statement(`select wangge.ensure_fix_partitions(array['2026-10-08'::date])`)
  await test.db.system().many(ensureDay)
  await test.db.system().many(statement(`select wangge.ensure_block_partition('2026-10-08')`))
  for (const table of tables) {
    await test.db.system().none(insertInto(table, 'A'))
    await test.db.system().none(insertInto(table, 'B'))
  }
})

describe('reach', () => {
  const reach: Query<{ towns: string[] | null; villages: string[] | null }> = {
    text: 'select $1::text[] as towns, $2::text[] as villages',
    scoped: true,
    types: [],
  }
  it.each<[string, Viewer['areas'], string[] | null, string[] | null]>([
    ['all', 'all', null, null],
    ['a county: its towns', ['C'], ['A', 'B'], null],
    ['every county there is: all', ['C', 'D'], null, null],
    ['a township', ['A'], ['A'], null],
    ['a village: its town, and that village of it', ['A1'], ['A'], ['A1']],
    ['a township and a village of another', ['A', 'B1'], ['A', 'B'], ['A1', 'A2', 'B1']],
    ['an area nobody knows: nothing', ['X'], [], null],
    ['no area: nothing', [], [], null],
    ['a code that is no plain word', [`'; drop table wangge.grids; --`], [], null],
  ])('%s', async (_, areas, towns, villages) => {
    const seen = await test.db.as(viewer(areas)).one(reach)
    expect(seen.towns?.toSorted() ?? null).toEqual(towns)
    expect(seen.villages).toEqual(villages)
  })
})

describe('a viewer of town A', () => {
  it('is tested on every table of a town', async () => {
    const rows = await test.db.system().many(
      statement<{ name: string }>(
        `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'town_id'
         where c.relnamespace = 'wangge'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnotnull`,
      ),
    )
    expect(rows.map((r) => r.name).toSorted()).toEqual(tables.toSorted())
  })

  it.each(tables)(
    'sees, changes and adds nothing of town B in %s, even where the query forgets to ask',
    async (table) => {
      const towns = statement<{ town_id: string }>(`select town_id from wangge.${table}`)
      const seen = async (areas: Viewer['areas']): Promise<string[]> =>
        (await test.db.as(viewer(areas)).many(towns)).map((r) => r.town_id).toSorted()
      expect(await seen(['A'])).toEqual(['A'])
      expect(await seen(['C'])).toEqual(['A', 'B'])
      expect(await seen('all')).toEqual(['A', 'B'])
      expect(await seen(['X'])).toEqual([])

      const update = statement(`update wangge.${table} set town_id = town_id where town_id = 'B'`)
      expect(await test.db.as(viewer(['A'])).none(update)).toBe(0)
      const addition = test.db.as(viewer(['A'])).none(insertInto(table, 'E'))
      expect((await failureOf(addition)).kind).toBe('permission')
    },
  )

  it('may not read a partition behind the table’s back', async () => {
    const direct = test.db.as(viewer(['A'])).many(statement('select from wangge.fixes_20261008'))
    expect((await failureOf(direct)).kind).toBe('permission')
  })

  it('may not change the schema', async () => {
    const scoped = test.db.as(viewer(['A']))
    expect((await failureOf(scoped.none(statement('create table wangge.mine (i int)')))).kind).toBe(
      'permission',
    )
    expect((await failureOf(scoped.none(statement('drop table wangge.grids')))).kind).toBe('permission')
  })
})

describe('without the setting', () => {
  it('the role of a town sees nothing: before it was ever set, and after', async () => {
    const bare = (): Promise<number[]> =>
      test.db.system().transaction(async (t) => {
        await t.none(statement('set local role wangge_town'))
        const rows = await t.many(statement<{ n: number }>('select count(*)::int as n from wangge.grids'))
        return rows.map((r) => r.n)
      })
    expect(await bare()).toEqual([0])
    await test.db.as(viewer(['A'])).many(statement('select from wangge.grids'))
    for (let i = 0; i < 12; i++) expect(await bare()).toEqual([0])
  })

  it('a transaction’s role does not outlive it', async () => {
    await test.db.as(viewer(['A'])).many(statement('select'))
    await failureOf(test.db.as(viewer(['A'])).many(statement('select 1 / 0')))
    const whoAmI = statement<{ own: boolean }>('select current_user = session_user as own')
    const own = await Promise.all(Array.from({ length: 12 }, () => test.db.system().one(whoAmI)))
    expect(own.every((r) => r.own)).toBe(true)
  })
})

describe('a box query of a viewer who sees everything', () => {
  const boxed = {
    households: 'households_position',
    incidents: 'incidents_position',
    grids: 'grids_boundary',
  }
  const column = { households: 'position', incidents: 'position', grids: 'boundary' }

  beforeAll(async () => {
    const points = (n: number): string =>
      `select 'A', 'x' || i, st_setsrid(st_makepoint(110 + (i % 200) / 100.0, 30 + (i / 200) / 100.0), 4326) from generate_series(0, ${n - 1}) i`
    const system = test.db.system()
    await system.none(
      statement(`insert into wangge.households (town_id, household_id, position) ${points(20_000)}`),
    )
    await system.none(
      statement(
        `insert into wangge.incidents (town_id, incident_id, position, category, occurred_at)
         select *, 'fire', '2026-10-08'::timestamptz from (${points(20_000)}) p`,
      ),
    )
    await system.none(
      statement(
        `insert into wangge.grids (town_id, grid_code, boundary, kind, valid_from)
         select town, code, st_multi(st_expand(p, 0.004)), 'ordinary', '2026-01-01' from (${points(5_000)}) x (town, code, p)`,
      ),
    )
    await test.db.maintain()
  })

  it.each(Object.entries(boxed))(
    'on %s uses %s, also when it has been prepared and run before',
    async (table, index) => {
      const key = column[table as keyof typeof column]
      const text = `explain (format json) select town_id from wangge.${table}
      where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or town_id = any ($2))
        and ${key} && st_makeenvelope($3, $4, $5, $6, 4326)`
      const query: Query<{ 'QUERY PLAN': unknown }> = {
        name: `test/box-${table}`,
        text,
        scoped: true,
        types: [],
      }
      for (let run = 0; run < 7; run++) {
        const plan = await test.db.as(viewer('all')).one(query, [110.1, 30.1, 110.12, 30.12])
        expect(JSON.stringify(plan)).toContain(`"Index Name":"${index}"`)
      }
    },
  )
})
