/** The product's SQL: one statement a file under sql/queries, read and checked at start, run as a prepared statement. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { statementsOf } from './statements.ts'

/** One statement and the row it answers with (`Row` exists for the compiler only). */
export interface Query<Row = Record<string, unknown>> {
  /** `noun/verb-noun`, also the name it is prepared under; absent for text that is run once. */
  readonly name?: string
  readonly text: string
  /** Takes the viewer's towns and villages as $1 and $2 (`text[]`, null = all), before the caller's parameters. */
  readonly scoped: boolean
  /** Types of the parameters as the header gives them, $1 first; they decide how values are sent. */
  readonly types: readonly string[]
  readonly row?: Row
}

export const sqlFolder = fileURLToPath(new URL('../../sql/', import.meta.url))

/**
 * Reads one query file. Its header, a comment, has a line for the purpose; each parameter as `$n type meaning`; a line
 * `-- row: …` unless nothing is returned; and a line `-- index: …` it relies on unless it only inserts. The first two
 * parameters are `$1 text[] towns of the viewer` and `$2 text[] villages of the viewer`; a statement that needs no viewer
 * says so in a line `-- scope: none, <reason>`.
 * @throws Error naming the file and what its header lacks.
 */
export function readQuery(name: string, text: string): Query {
  const fail = (what: string): never => {
    throw new Error(`sql/queries/${name}.sql ${what}`)
  }
  if (name.length > 63) fail('has too long a name for a prepared statement')
  const header = /^(?:--.*\n)*/.exec(text)?.[0] ?? ''
  const [statement = '', ...more] = statementsOf(text)
  if (statement === '' || more.length > 0) fail('must hold exactly one statement')
  const inserts = /^insert\b/i.test(statement)
  const returns = !/^(insert|update|delete|merge)\b/i.test(statement) || /\breturning\b/i.test(statement)
  if (!/^-- (?!\$|row:|index:|scope:)\S/.test(header)) fail('must start with a comment that says its purpose')
  if (returns && !/^-- row: \S/m.test(header)) fail('must say its row: `-- row: …`')
  if (!inserts && !/^-- index: \S/m.test(header)) fail('must say the index it relies on: `-- index: …`')

  const types = typesIn(header)
  const used = new Set([...withoutLiterals(statement).matchAll(/\$(\d+)/g)].map((m) => Number(m[1])))
  const last = Math.max(0, ...used, ...types.keys())
  for (let n = 1; n <= last; n++) {
    if (!used.has(n)) fail(`must use $${n}, or the database cannot know its type`)
    if (!types.has(n)) fail(`must describe $${n}: \`$${n} type meaning\``)
  }

  const unscoped = /^-- scope: none, \S/m.test(header)
  const scoped =
    /\$1 text\[\] towns of the viewer/.test(header) && /\$2 text\[\] villages of the viewer/.test(header)
  if (scoped === unscoped)
    fail(
      'must take `$1 text[] towns of the viewer` and `$2 text[] villages of the viewer`, or say `-- scope: none, <reason>`',
    )
  return { name, text, scoped, types: [...types.keys()].sort((a, b) => a - b).map((n) => types.get(n) ?? '') }
}

/** The parameters a header describes: number → type. */
function typesIn(header: string): Map<number, string> {
  const types = new Map<number, string>()
  for (const [, n, type = ''] of header.matchAll(/\$(\d+) ((?:double precision|[a-z]\w*)(?:\[\])?)/g))
    if (!types.has(Number(n))) types.set(Number(n), type)
  return types
}

/** Without comments and strings, where a dollar and a digit are only text. */
const withoutLiterals = (text: string): string => text.replace(/--.*$|'(?:[^']|'')*'/gm, '')

const queries = new Map<string, Query>()
for (const file of readdirSync(`${sqlFolder}queries`, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.sql')) continue
  const name = file.slice(0, -'.sql'.length).replaceAll('\\', '/')
  queries.set(name, readQuery(name, readFileSync(`${sqlFolder}queries/${file}`, 'utf8')))
}

/**
 * The query of file `sql/queries/<name>.sql`. Call it when a module is loaded: a wrong name then stops the start.
 * @throws Error when there is no such file.
 */
export function sql<Row extends object = Record<string, unknown>>(name: string): Query<Row> {
  const query = queries.get(name)
  if (!query) throw new Error(`there is no sql/queries/${name}.sql`)
  return query as unknown as Query<Row>
}

/** Names of all queries. */
export const queryNames = (): readonly string[] => [...queries.keys()].sort()

/** A statement built by this folder itself (DDL of a partition, a catalog query), run once and outside any scope. */
export const statement = <Row extends object = Record<string, unknown>>(text: string): Query<Row> => ({
  text,
  scoped: false,
  types: [],
})
