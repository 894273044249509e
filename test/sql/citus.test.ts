/**
 * The schema stays one that Citus can distribute by `town_id`. The rules are Citus's own restrictions
 * (https://docs.citusdata.com/en/stable/develop/reference_ddl.html), read off the catalog, so that no Citus is needed here.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Scoped } from '../../server/db/scoped.ts'
import { statement } from '../../server/db/sql.ts'
import { failureOf, useDatabase } from '../support/database.ts'

const test = useDatabase()

interface Violation {
  readonly table: string
  readonly rule: string
}

/** A town's table has a `town_id` that is never null; any other is copied to every node or kept on one. */
const violations = statement<Violation>(`
  with t as (
    select c.oid, c.relname, c.relkind, c.relispartition, c.relrowsecurity as secured, a.attnum as town, coalesce(a.attnotnull, false) as spread
    from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attname = 'town_id'
    where c.relnamespace = 'wangge'::regnamespace and c.relkind in ('r', 'p')
  ),
  k as (select * from pg_constraint where conparentid = 0)
  select relname as table, 'no primary key' as rule from t
    where spread and not relispartition and not exists (select from k where k.conrelid = t.oid and k.contype = 'p')
  union all
  select relname, 'unique index without town_id' from t join pg_index i on i.indrelid = t.oid
    where spread and not relispartition and i.indisunique and not (town = any (i.indkey::int2[]))
  union all
  select relname, 'exclusion without town_id with =' from t join k on k.conrelid = t.oid and k.contype = 'x'
    where spread and not exists (
      select from unnest(k.conkey, k.conexclop) u (col, op) join pg_operator o on o.oid = u.op where u.col = town and o.oprname = '=')
  union all
  select t.relname, 'foreign key between towns’ tables without town_id in the same place'
    from t join k on k.conrelid = t.oid and k.contype = 'f' join t r on r.oid = k.confrelid
    where t.spread and r.spread and not exists (
      select from unnest(k.conkey, k.confkey) u (a, b) where u.a = t.town and u.b = r.town)
  union all
  select t.relname, 'foreign key that sets town_id to null or a default' from t join k on k.conrelid = t.oid and k.contype = 'f'
    where spread and k.confdeltype in ('n', 'd') and town = any (k.conkey)
  union all
  select t.relname, 'foreign key from a common table to a town’s' from t join k on k.conrelid = t.oid and k.contype = 'f'
    join t r on r.oid = k.confrelid where not t.spread and r.spread
  union all
  select relname, 'trigger' from t join pg_trigger g on g.tgrelid = t.oid where not g.tgisinternal
  union all
  select relname, 'policy with a subquery' from t join pg_policy p on p.polrelid = t.oid
    where spread and coalesce(p.polqual::text, '') || coalesce(p.polwithcheck::text, '') like '%SUBLINK%'
  union all
  select relname, 'partition of a partition' from t where relkind = 'p' and relispartition
  union all
  select relname, 'sequence of less than bigint' from t join pg_attribute a on a.attrelid = t.oid
    where spread and a.atttypid in ('int4'::regtype, 'int2'::regtype) and (a.attidentity <> '' or exists (
      select from pg_attrdef d where d.adrelid = t.oid and d.adnum = a.attnum and pg_get_expr(d.adbin, d.adrelid) like 'nextval%'))
  union all
  select t.relname, 'name the server made up' from t join k on k.conrelid = t.oid
    where not relispartition and k.contype <> 'n' and k.conname ~ '_(pkey|key|excl|fkey|check)[0-9]*$'
  union all
  select relname, 'no row-level security' from t where spread and not secured
  union all
  select t.relname, 'function in SQL that reads tables'
    from (select oid, proname as relname from pg_proc where pronamespace = 'wangge'::regnamespace and prolang = (
      select oid from pg_language where lanname = 'sql') and prosrc ~* 'wangge\\.') t
  order by 1, 2`)

describe('the schema', () => {
  beforeAll(async () => {
    await test.db.system().many(statement(`select wangge.ensure_fix_partitions(array['2026-10-08'::date])`))
    await test.db.system().many(statement(`select wangge.ensure_block_partition('2026-10-08')`))
  })

  it('breaks no rule, partitions included', async () => {
    expect(await test.db.system().many(violations)).toEqual([])
  })
})

describe('each rule meets the table made to break it', () => {
  class Undo extends Error {}
  const found = async (statements: readonly string[]): Promise<Violation[]> => {
    let rows: Violation[] = []
    const work = test.db.system().transaction(async (t: Scoped) => {
      for (const text of statements) await t.none(statement(text))
      rows = await t.many(violations)
      throw new Undo()
    })
    await expect(work).rejects.toThrow(Undo)
    return rows
  }
  const secure = 'alter table wangge.bad enable row level security'
  const bad = (columns: string, ...more: string[]): string[] => [
    `create table wangge.bad (${columns})`,
    secure,
    ...more,
  ]
  const key = 'town_id text not null, id text not null, constraint bad_pk primary key (town_id, id)'

  it.each<[string, string[]]>([
    ['no primary key', bad('town_id text not null')],
    ['unique index without town_id', bad(key, 'create unique index bad_id on wangge.bad (id)')],
    ['exclusion without town_id with =', bad(`${key}, constraint bad_x exclude using gist (id with =)`)],
    [
      'foreign key between towns’ tables without town_id in the same place',
      bad(
        `${key}, other text, constraint bad_worker_fk foreign key (id, other) references wangge.workers (town_id, worker_id)`,
      ),
    ],
    [
      'foreign key that sets town_id to null or a default',
      bad(
        `${key}, constraint bad_town_fk foreign key (town_id) references wangge.areas (area_code) on delete set null`,
      ),
    ],
    [
      'foreign key from a common table to a town’s',
      [
        'create table wangge.bad (t text, w text, constraint bad_worker_fk foreign key (t, w) references wangge.workers (town_id, worker_id))',
      ],
    ],
    [
      'trigger',
      bad(
        key,
        'create trigger bad_trigger before update on wangge.bad for each row execute function suppress_redundant_updates_trigger()',
      ),
    ],
    [
      'policy with a subquery',
      bad(key, 'create policy p on wangge.bad using (exists (select from wangge.areas))'),
    ],
    [
      'partition of a partition',
      [
        `create table wangge.bad (${key}) partition by list (town_id)`,
        `create table wangge.worse partition of wangge.bad for values in ('a') partition by list (id)`,
        secure,
        'alter table wangge.worse enable row level security',
      ],
    ],
    ['sequence of less than bigint', bad(`${key}, n integer generated always as identity`)],
    ['name the server made up', bad('town_id text not null, primary key (town_id)')],
    ['no row-level security', [`create table wangge.bad (${key})`]],
    [
      'function in SQL that reads tables',
      [`create function wangge.bad() returns bigint language sql as 'select count(*) from wangge.grids'`],
    ],
  ])('%s', async (rule, statements) => {
    const rows = await found(statements)
    expect([...new Set(rows.map((r) => r.rule))]).toEqual([rule])
  })

  it('and the names of what is broken come without a shard’s number', async () => {
    const twice = statement(
      `insert into wangge.areas (area_code, level, name, lineage) values ('C', 'county', 'C', '{C}')`,
    )
    const work = test.db.system().transaction(async (t) => {
      await t.none(twice)
      await t.none(twice)
    })
    expect(await failureOf(work)).toMatchObject({ kind: 'unique', constraint: 'areas_pk' })
  })
})
