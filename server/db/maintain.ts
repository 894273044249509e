/** Dead rows removed and statistics taken anew: what autovacuum does, which the embedded engine has not. */
import type pg from 'pg'
import type { Engine } from './engine.ts'

/**
 * `vacuum (analyze)` of every table. On the embedded engine geometries are left out, and what was known of them is forgotten:
 * there, PostGIS's estimate for a join of two tables with such statistics is nonsense whenever their extents do not meet ("invalid
 * function selectivity", XX000), and takes the whole query with it. Without them PostGIS assumes that few rows meet, which is how
 * geometries are joined here: by their indexes.
 */
export async function maintain(pool: pg.Pool, engine: Engine['kind']): Promise<void> {
  const { rows } = await pool.query<{ name: string; columns: string }>(tables)
  for (const { name, columns } of rows)
    await pool.query(`vacuum (analyze) ${name}${engine === 'embedded' ? ` (${columns})` : ''}`)
  if (engine === 'embedded') await forgetGeometries(pool)
}

/** Gives the room of rows that were packed to those that come: on the embedded engine it would be lost until their partition goes. */
export async function vacuumFixes(pool: pg.Pool, engine: Engine['kind']): Promise<void> {
  if (engine !== 'embedded') return
  const { rows } = await pool.query<{ name: string }>(fixPartitions)
  for (const { name } of rows) await pool.query(`vacuum ${name}`)
}

const fixPartitions = `
  select inhrelid::regclass::text as name
  from pg_inherits
  where inhparent in ('wangge.fixes'::regclass, 'wangge.fix_blocks'::regclass)
  order by name`

/** Also for data that were analysed before geometries were left out. */
export const forgetGeometries = async (pool: pg.Pool): Promise<void> => {
  await pool.query(geometryStatistics)
}

const isGeometry = `atttypid in (select oid from pg_type where typname in ('geometry', 'geography'))`

const tables = `
  select format('wangge.%I', relname) as name,
    (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
     where attrelid = c.oid and attnum > 0 and not attisdropped and not ${isGeometry}) as columns
  from pg_class c
  where relnamespace = 'wangge'::regnamespace and relkind = 'r'
  order by relname`

const geometryStatistics = `
  delete from pg_statistic using pg_attribute
  where starelid = attrelid and staattnum = attnum and ${isGeometry}
    and starelid in (select oid from pg_class where relnamespace = 'wangge'::regnamespace)`
