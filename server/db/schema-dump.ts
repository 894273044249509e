/**
 * The schema as it stands in a database, as text to read and compare: tables, constraints, indexes, policies, grants, functions,
 * comments, in an order of its own. The same on PostgreSQL 15 to 18, whatever way the schema came about. Partitions of
 * fixes, which come and go with the days, are left out.
 */
import type { Scoped } from './scoped.ts'
import { statement } from './sql.ts'

interface Line {
  readonly line: string
}

const ours = `relnamespace = 'wangge'::regnamespace and not relispartition and relkind in ('r', 'p', 'v', 'm')`

const listTables = statement<{ name: string; kind: string; partition: string | null; secured: boolean }>(
  `select relname as name, relkind::text as kind, pg_get_partkeydef(oid) as partition, relrowsecurity as secured
   from pg_class where ${ours} order by relname`,
)

const listColumns = statement<Line>(
  `select a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
     || case when d.oid is null then '' when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
        else ' default ' || pg_get_expr(d.adbin, d.adrelid) end
     || case when a.attidentity <> '' then ' generated as identity' else '' end
     || case when a.attnotnull then ' not null' else '' end as line
   from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attrelid = format('wangge.%I', $1::text)::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
)

// PostgreSQL 18 also keeps NOT NULL as a constraint (contype n); the column says it already.
const listConstraints = statement<Line>(
  `select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) as line
   from pg_constraint where conrelid = format('wangge.%I', $1::text)::regclass and contype <> 'n' order by contype desc, conname`,
)

const listIndexes = statement<Line>(
  `select pg_get_indexdef(i.indexrelid) as line
   from pg_index i join pg_class c on c.oid = i.indexrelid
   where i.indrelid = format('wangge.%I', $1::text)::regclass
     and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
   order by c.relname`,
)

const listTriggers = statement<Line>(
  `select pg_get_triggerdef(oid) as line from pg_trigger
   where tgrelid = format('wangge.%I', $1::text)::regclass and not tgisinternal order by tgname`,
)

const listPolicies = statement<Line>(
  `select format('create policy %s on wangge.%I to %s using (%s) with check (%s)', policyname, tablename,
     array_to_string(roles, ', '), qual, with_check) as line
   from pg_policies where schemaname = 'wangge' and tablename = $1 order by policyname`,
)

const listGrants = statement<Line>(
  `select format('grant %s on wangge.%I to %s', string_agg(lower(g.privilege_type), ', ' order by g.privilege_type), c.relname,
     g.grantee::regrole) as line
   from pg_class c, aclexplode(c.relacl) g
   where c.oid = format('wangge.%I', $1::text)::regclass and g.grantee <> c.relowner
   group by c.relname, g.grantee order by g.grantee::regrole::text`,
)

const listComments = statement<Line>(
  `select format('comment on %s is %L', case when d.objsubid = 0 then 'table wangge.' || c.relname
     else format('column wangge.%s.%s', c.relname, a.attname) end, d.description) as line
   from pg_description d join pg_class c on c.oid = d.objoid and d.classoid = 'pg_class'::regclass
   left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid
   where c.oid = format('wangge.%I', $1::text)::regclass order by d.objsubid`,
)

const listFunctions = statement<Line>(
  `select trim(trailing e'\\n' from pg_get_functiondef(oid)) || coalesce(format(e';\\n\\ncomment on function %s is %L',
     oid::regprocedure, obj_description(oid, 'pg_proc')), '') as line
   from pg_proc where pronamespace = 'wangge'::regnamespace order by oid::regprocedure::text`,
)

/** The text of sql/schema.sql for the database a system scope runs on. */
export function schemaDump(system: Scoped): Promise<string> {
  return system.transaction(async (t) => {
    const blocks: string[] = [
      '-- Made by `npm run bless` from sql/migrations and sql/functions; for reading, not for running.',
    ]
    for (const { name, kind, partition, secured } of await t.many(listTables)) {
      const lines = async (query: typeof listColumns): Promise<string[]> =>
        (await t.many(query, [name])).map((row) => row.line)
      const parts = [...(await lines(listColumns)), ...(await lines(listConstraints))]
      const noun = kind === 'v' ? 'view' : kind === 'm' ? 'materialized view' : 'table'
      blocks.push(
        `create ${noun} wangge.${name} (\n  ${parts.join(',\n  ')}\n)${partition === null ? '' : ` partition by ${partition}`};`,
      )
      const statements = [
        ...(await lines(listIndexes)),
        ...(await lines(listTriggers)),
        ...(secured ? [`alter table wangge.${name} enable row level security`] : []),
        ...(await lines(listPolicies)),
        ...(await lines(listGrants)),
        ...(await lines(listComments)),
      ]
      blocks.push(...statements.map((text) => `${text};`))
    }
    for (const { line } of await t.many(listFunctions)) blocks.push(`${line};`)
    return `${blocks.join('\n\n')}\n`
  })
}
