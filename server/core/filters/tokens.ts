/** The words of a filter in CQL2 text, by cql2.bnf of the standard. */
import type { Message } from '../values.ts'
import { FilterRefused, filterFlaw, shown } from './flaws.ts'

interface Token {
  /** `quoted`: a name in double quotes, never a word of the language. */
  readonly kind: 'name' | 'quoted' | 'number' | 'text' | 'sign' | 'end'
  readonly text: string
  /** Its first character, counting from 1. */
  readonly spot: number
}

const nameStart =
  ':_A-Za-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFE}\\u{200C}-\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'
const name = `[${nameStart}][${nameStart}.0-9\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*`
const patterns = [
  ['name', new RegExp(name, 'uy')],
  ['quoted', new RegExp(`"${name}"`, 'uy')],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['text', /'(?:[^'\\]|''|\\[^])*'/y],
  ['sign', /<>|<=|>=|[<>=(),+*/%^-]/y],
] as const
const space = /[\s\u0085]*/y

const controls: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  "'": "'",
  '\\': '\\',
}

/** What a character literal says: `''` and `\'` are a quote, `\n` and the like a control; `\%` and `\_` stay, for LIKE. */
const literalText = (given: string): string =>
  given.slice(1, -1).replace(/''|\\([^])/g, (both, escaped: string | undefined) => {
    return escaped === undefined ? "'" : (controls[escaped] ?? both)
  })

/** @throws FilterRefused where no word can begin */
function tokensOf(filter: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; ; ) {
    space.lastIndex = at
    at += space.exec(filter)?.[0].length ?? 0
    if (at >= filter.length) break
    const token = tokenAt(filter, at)
    tokens.push(token.read)
    at += token.length
  }
  tokens.push({ kind: 'end', text: '', spot: filter.length + 1 })
  return tokens
}

function tokenAt(filter: string, at: number): { read: Token; length: number } {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at
    const given = pattern.exec(filter)?.[0]
    if (given === undefined) continue
    const text = kind === 'quoted' ? given.slice(1, -1) : kind === 'text' ? literalText(given) : given
    return { read: { kind, text, spot: at + 1 }, length: given.length }
  }
  const wanted =
    filter[at] === "'"
      ? { zh: '以单引号结束的文本', en: 'A text that ends in a single quote' }
      : { zh: '属性名、数值、文本或运算符', en: 'A name, a number, a text or an operator' }
  throw new FilterRefused(
    filterFlaw('filter_syntax', at + 1, { wanted, found: shown(filter.slice(at, at + 20)) }),
  )
}

/** The tokens, read one after the other. Words of the language are told apart from names by the reader, in any case. */
export class Cursor {
  readonly #tokens: readonly Token[]
  #next = 0

  /** @throws FilterRefused */
  constructor(filter: string) {
    this.#tokens = tokensOf(filter)
  }

  get token(): Token {
    return this.#tokens[this.#next]!
  }

  get after(): Token {
    return this.#tokens[this.#next + 1] ?? this.token
  }

  take(): Token {
    const { token } = this
    if (token.kind !== 'end') this.#next++
    return token
  }

  isSign(...signs: readonly string[]): boolean {
    return this.token.kind === 'sign' && signs.includes(this.token.text)
  }

  isWord(...words: readonly string[]): boolean {
    return this.token.kind === 'name' && words.includes(this.token.text.toUpperCase())
  }

  /** Takes it, if it stands here. */
  sign(sign: string): boolean {
    const found = this.isSign(sign)
    if (found) this.take()
    return found
  }

  word(word: string): boolean {
    const found = this.isWord(word)
    if (found) this.take()
    return found
  }

  expectSign(sign: string): void {
    if (!this.sign(sign)) this.refuse({ zh: ` ${sign} `, en: sign })
  }

  expectWord(word: string): void {
    if (!this.word(word)) this.refuse({ zh: ` ${word} `, en: word })
  }

  expectText(): { readonly text: string; readonly spot: number } {
    if (this.token.kind !== 'text') this.refuse({ zh: '单引号中的文本', en: 'A text in single quotes' })
    return this.take()
  }

  /** With a sign before it. */
  expectNumber(): number {
    const negative = this.sign('-')
    if (!negative) this.sign('+')
    if (this.token.kind !== 'number') this.refuse({ zh: '数值', en: 'A number' })
    const value = Number(this.take().text)
    return negative ? -value : value
  }

  refuse(wanted: Message): never {
    const { kind, text, spot } = this.token
    const found = kind === 'end' ? '∎' : kind === 'text' ? `'${shown(text)}'` : shown(text)
    throw new FilterRefused(filterFlaw('filter_syntax', spot, { wanted, found }))
  }
}
