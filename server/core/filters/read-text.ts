/** Filters in CQL2 text: a reader by recursive descent along cql2.bnf of OGC 21-065r2. */
import type { Flaw } from '../values.ts'
import { type Call, canonicalName, deepest, type Expression } from './expression.ts'
import { FilterRefused, filterFlaw } from './flaws.ts'
import { isGeometry, readBox, readGeometry } from './read-wkt.ts'
import { Cursor } from './tokens.ts'

export type FilterRead =
  | { readonly expression: Expression; readonly flaws?: undefined }
  | { readonly expression?: undefined; readonly flaws: readonly Flaw[] }

/** The expression a text says, or the first place at which it says none. */
export function readFilterText(filter: string): FilterRead {
  try {
    const cursor = new Cursor(filter)
    const expression = anyOf(cursor, 0)
    if (cursor.token.kind !== 'end') cursor.refuse({ zh: '运算符或结尾', en: 'An operator or the end' })
    return { expression }
  } catch (error) {
    if (error instanceof FilterRefused) return { flaws: [error.flaw] }
    throw error
  }
}

const call = (name: string, spot: Call['spot'], ...of: readonly Expression[]): Call => ({
  kind: 'call',
  name,
  of,
  spot,
})

/** Several with the same word between them are one call of all. */
function chain(
  word: 'OR' | 'AND',
  part: (cursor: Cursor, depth: number) => Expression,
): (cursor: Cursor, depth: number) => Expression {
  return (cursor, depth) => {
    const { spot } = cursor.token
    const first = part(cursor, depth)
    if (!cursor.isWord(word)) return first
    const all = [first]
    while (cursor.word(word)) all.push(part(cursor, depth))
    return call(word.toLowerCase(), spot, ...all)
  }
}

const allOf = chain('AND', negatable)
const anyOf = chain('OR', allOf)

function negatable(cursor: Cursor, depth: number): Expression {
  const { spot } = cursor.token
  if (depth > deepest) throw new FilterRefused(filterFlaw('filter_too_deep', spot, { most: deepest }))
  return cursor.word('NOT') ? call('not', spot, negatable(cursor, depth + 1)) : predicate(cursor, depth)
}

const comparisons = ['=', '<>', '<', '<=', '>', '>=']

function predicate(cursor: Cursor, depth: number): Expression {
  const left = sum(cursor, depth)
  const { spot } = cursor.token
  if (cursor.isSign(...comparisons)) return call(cursor.take().text, spot, left, sum(cursor, depth))
  if (cursor.word('IS')) {
    const negated = cursor.word('NOT')
    cursor.expectWord('NULL')
    return negatedIf(negated, call('isNull', spot, left))
  }
  const negated = cursor.word('NOT')
  if (cursor.word('LIKE')) return negatedIf(negated, call('like', spot, left, sum(cursor, depth)))
  // Not of the standard: GDAL asks so.
  if (cursor.word('ILIKE'))
    return negatedIf(
      negated,
      call('like', spot, call('casei', spot, left), call('casei', spot, sum(cursor, depth))),
    )
  if (cursor.word('BETWEEN')) {
    const from = sum(cursor, depth)
    cursor.expectWord('AND')
    return negatedIf(negated, call('between', spot, left, from, sum(cursor, depth)))
  }
  if (cursor.word('IN'))
    return negatedIf(
      negated,
      call('in', spot, left, { kind: 'list', items: listed(cursor, depth, 1), spot: cursor.token.spot }),
    )
  if (negated) cursor.refuse({ zh: ' LIKE、BETWEEN 或 IN ', en: 'LIKE, BETWEEN or IN' })
  return left
}

const negatedIf = (negated: boolean, of: Call): Call => (negated ? call('not', of.spot, of) : of)

/** Operators of one rank, from left to right. */
function leftToRight(
  isOperator: (cursor: Cursor) => boolean,
  part: (cursor: Cursor, depth: number) => Expression,
): (cursor: Cursor, depth: number) => Expression {
  return (cursor, depth) => {
    let left = part(cursor, depth)
    while (isOperator(cursor)) {
      const { text, spot } = cursor.take()
      left = call(text.toLowerCase(), spot, left, part(cursor, depth))
    }
    return left
  }
}

const product = leftToRight((cursor) => cursor.isSign('*', '/', '%') || cursor.isWord('DIV'), power)
const sum = leftToRight((cursor) => cursor.isSign('+', '-'), product)

function power(cursor: Cursor, depth: number): Expression {
  const base = signed(cursor, depth)
  const { spot } = cursor.token
  return cursor.sign('^') ? call('^', spot, base, signed(cursor, depth)) : base
}

function signed(cursor: Cursor, depth: number): Expression {
  const { spot } = cursor.token
  if (!cursor.isSign('-', '+')) return primary(cursor, depth)
  if (cursor.after.kind === 'number') return { kind: 'literal', value: cursor.expectNumber(), spot }
  if (!cursor.sign('-')) cursor.refuse({ zh: '值', en: 'A value' })
  return call('*', spot, { kind: 'literal', value: -1, spot }, primary(cursor, depth))
}

function primary(cursor: Cursor, depth: number): Expression {
  const { kind, text, spot } = cursor.token
  if (depth > deepest) throw new FilterRefused(filterFlaw('filter_too_deep', spot, { most: deepest }))
  if (kind === 'text') return { kind: 'literal', value: cursor.take().text, spot }
  if (kind === 'number') return { kind: 'literal', value: Number(cursor.take().text), spot }
  if (kind === 'quoted') return { kind: 'property', name: cursor.take().text, spot }
  if (cursor.isSign('(')) return bracketed(cursor, depth)
  if (isGeometry(cursor)) return { kind: 'geometry', geometry: readGeometry(cursor), spot }
  if (kind !== 'name') cursor.refuse({ zh: '属性名或值', en: 'A property or a value' })
  cursor.take()
  if (cursor.isSign('(')) return called(text, spot, cursor, depth)
  if (/^(true|false)$/i.test(text)) return { kind: 'literal', value: text.toLowerCase() === 'true', spot }
  return { kind: 'property', name: text, spot }
}

/** An expression in brackets, or a list of them: with a comma, or empty. */
function bracketed(cursor: Cursor, depth: number): Expression {
  const { spot } = cursor.token
  const items = listed(cursor, depth, 0)
  const [only] = items
  return items.length === 1 && only ? only : { kind: 'list', items, spot }
}

function listed(cursor: Cursor, depth: number, least: number): Expression[] {
  cursor.expectSign('(')
  if (least === 0 && cursor.sign(')')) return []
  const items = [anyOf(cursor, depth + 1)]
  while (cursor.sign(',')) items.push(anyOf(cursor, depth + 1))
  cursor.expectSign(')')
  return items
}

function called(name: string, spot: number, cursor: Cursor, depth: number): Expression {
  const upper = name.toUpperCase()
  if (upper === 'BBOX') return { kind: 'box', numbers: readBox(cursor), spot }
  if (upper === 'DATE' || upper === 'TIMESTAMP') {
    cursor.expectSign('(')
    const { text } = cursor.expectText()
    cursor.expectSign(')')
    return { kind: upper === 'DATE' ? 'date' : 'timestamp', text, spot }
  }
  if (upper === 'INTERVAL') {
    cursor.expectSign('(')
    const start = sum(cursor, depth + 1)
    cursor.expectSign(',')
    const end = sum(cursor, depth + 1)
    cursor.expectSign(')')
    return { kind: 'interval', start, end, spot }
  }
  return call(canonicalName(name), spot, ...listed(cursor, depth, 0))
}
