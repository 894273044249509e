/**
 * What kept answers are kept by: how often the tables they are made of were written to. Nobody who writes has to think of it: every
 * statement of ours goes through a `Transaction`, which reads off its text what it writes to and counts that before it commits, so a
 * count is kept or undone with what it counts. What somebody writes past this service (psql) is not counted.
 */
import type { Query } from './sql.ts'

/** Written a few times an hour; positions, which come a hundred times a second, are not among them. */
export const countedTables = ['areas', 'grids', 'households', 'incidents', 'policies', 'warnings'] as const

export type CountedTable = (typeof countedTables)[number]

const writing =
  /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?(?:"?wangge"?\s*\.\s*)?"?(\w+)/gi

export const isCounted = (table: string): table is CountedTable =>
  (countedTables as readonly string[]).includes(table)

const known = new WeakMap<Query<unknown>, readonly CountedTable[]>()

/** The counted tables a statement writes to; rather one too many (a word in a comment) than one too few. */
export function writtenBy(query: Query<unknown>): readonly CountedTable[] {
  let tables = known.get(query)
  if (tables === undefined) {
    tables = [
      ...new Set(Array.from(query.text.matchAll(writing), (match) => match[1]!.toLowerCase())),
    ].filter(isCounted)
    known.set(query, tables)
  }
  return tables
}
