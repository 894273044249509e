/** The columns of a table from the statement that made it, which is where SQLite keeps them. */

/** A string or a name in any of SQLite's quotes, a comment, a bracket, a comma, or a run of other characters. */
const token =
  /"(?:[^"]|"")*"|`(?:[^`]|``)*`|'(?:[^']|'')*'|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|[(),]|[^\s"`'[(),]+/g

const constraint = /^(CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN)$/i

/**
 * @returns names in their order, and which one is the row id (a column INTEGER PRIMARY KEY is stored as null), or -1
 */
export function columnsOf(sql: string): { readonly columns: readonly string[]; readonly rowId: number } {
  const definitions = definitionsOf(sql)
  const columns: string[] = []
  let rowId = -1
  let keyed: string | undefined
  for (const [first = '', ...rest] of definitions) {
    const words = rest.join(' ')
    if (constraint.test(first)) {
      keyed ??= /^PRIMARY$/i.test(first) ? /^KEY \( (\S+) \)/i.exec(words)?.[1] : undefined
      continue
    }
    if (/^INTEGER\b.*\bPRIMARY KEY\b(?! DESC\b)/i.test(words)) rowId = columns.length
    columns.push(unquoted(first))
  }
  const named = keyed === undefined ? -1 : columns.indexOf(unquoted(keyed))
  const isInteger = definitions.some(
    ([first = '', type = '']) => unquoted(first) === columns[named] && /^INTEGER$/i.test(type),
  )
  return { columns, rowId: rowId < 0 && isInteger ? named : rowId }
}

/** The tokens of each definition between the outermost brackets. */
function definitionsOf(sql: string): string[][] {
  const definitions: string[][] = []
  let depth = 0
  for (const [one] of sql.matchAll(token)) {
    if (one.startsWith('--') || one.startsWith('/*')) continue
    if (one === ')') depth -= 1
    if (one === ')' && depth === 0) break
    if (depth === 1 && one === ',') definitions.push([])
    else if (depth > 0) definitions.at(-1)!.push(one)
    if (one !== '(') continue
    if (depth === 0) definitions.push([])
    depth += 1
  }
  return definitions
}

function unquoted(name: string): string {
  const quote = name[0] ?? ''
  if (quote === '[') return name.slice(1, -1)
  return '"`\''.includes(quote) ? name.slice(1, -1).replaceAll(quote + quote, quote) : name
}
