/**
 * The statements of an SQL text, without their semicolons; comments between them are dropped, comments inside are kept.
 * Knows quotes, escape strings, dollar quotes, nested comments, parentheses and `begin atomic … end` bodies.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 * @throws Error naming what is never closed.
 */
export function statementsOf(sql: string): string[] {
  const statements: string[] = []
  let start = -1 // of the statement being read; -1 between statements
  let words: string[] = []
  let parentheses = 0
  let blocks = 0

  const finish = (end: number): void => {
    if (start >= 0) statements.push(sql.slice(start, end).trim())
    start = -1
    words = []
    parentheses = 0
    blocks = 0
  }

  for (let at = 0; at < sql.length; ) {
    const end = endOfToken(sql, at)
    const token = sql.slice(at, end)
    const isComment = token.startsWith('--') || token.startsWith('/*')
    if (token === ';' && parentheses === 0 && blocks === 0) finish(at)
    else if (!isComment && token.trim() !== '') {
      if (start < 0) start = at
      if (token === '(') parentheses++
      else if (token === ')') parentheses--
      else if (wordStart.test(token)) {
        const word = token.toLowerCase()
        if (words.length < 4) words.push(word)
        if (definesRoutine(words)) blocks = blockDepth(word, blocks)
      }
    }
    at = end
  }
  finish(sql.length)
  return statements
}

const wordStart = /^[\p{L}_]/u
const simpleTokens =
  /--[^\n]*|\s+|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|\$\d+/uy
const dollarTag = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy

function endOfToken(sql: string, at: number): number {
  if (sql.startsWith('/*', at)) return endOfComment(sql, at)
  simpleTokens.lastIndex = at
  if (simpleTokens.test(sql)) return simpleTokens.lastIndex
  dollarTag.lastIndex = at
  const tag = dollarTag.exec(sql)?.[0]
  if (tag !== undefined) {
    const close = sql.indexOf(tag, at + tag.length)
    if (close < 0) throw unclosed(sql, at, tag)
    return close + tag.length
  }
  if (sql[at] === "'" || sql[at] === '"') throw unclosed(sql, at, sql[at] ?? '')
  return at + 1
}

/** Comments nest in PostgreSQL. */
function endOfComment(sql: string, at: number): number {
  const marks = /\/\*|\*\//g
  marks.lastIndex = at
  let depth = 0
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return marks.lastIndex
  }
  throw unclosed(sql, at, '/*')
}

const unclosed = (sql: string, at: number, what: string): Error =>
  new Error(`line ${sql.slice(0, at).split('\n').length}: ${what} is never closed`)

const definesRoutine = ([first, second, third, fourth]: readonly string[]): boolean => {
  const kind = second === 'or' && third === 'replace' ? fourth : second
  return first === 'create' && (kind === 'function' || kind === 'procedure')
}

/** Depth after a word of a routine's definition: `begin atomic` and `case` open, `end` closes. */
function blockDepth(word: string, depth: number): number {
  if (word === 'begin' || (word === 'case' && depth > 0)) return depth + 1
  return word === 'end' && depth > 0 ? depth - 1 : depth
}
