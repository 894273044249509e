/**
 * Where JSON breaks. `JSON.parse` is the fastest reader but often names no position; after it has failed, this walks
 * the text once (RFC 8259) to find the first character that cannot stand.
 */
import type { Message } from '../core/values.ts'

export interface JsonError {
  readonly line: number
  readonly column: number
  readonly reason: Message
}

const endOfText: Message = { zh: '文件在此中断（不完整）', en: 'the text ends here, incomplete' }

/** The first syntax error of a text, or undefined when it is valid JSON. Line and column count from 1. */
export function findJsonError(text: string): JsonError | undefined {
  const at = errorOffset(text)
  if (at === undefined) return undefined
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = at - before.lastIndexOf('\n')
  const character = JSON.stringify(text.slice(at, at + 1))
  const reason =
    at >= text.length ? endOfText : { zh: `意外的字符 ${character}`, en: `unexpected ${character}` }
  return { line, column, reason }
}

const blank = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// A run is taken at a time: one repetition over a long string would overflow the matcher's stack.
const plainRun = /[^"\\\p{Cc}]{1,4096}/uy
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const word = /true|false|null/y

/** Iterative, so that deep nesting cannot exhaust the stack. Offset of the error, text.length when it ends early. */
function errorOffset(text: string): number | undefined {
  const open: ('{' | '[')[] = []
  let at = 0
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const found = pattern.test(text)
    if (found) at = pattern.lastIndex
    return found
  }
  const string = (): boolean => {
    if (text[at] !== '"') return false
    at += 1
    for (;;) {
      if (text[at] === '"') {
        at += 1
        return true
      }
      if (!skip(plainRun) && !skip(escape)) return false
    }
  }
  const key = (): boolean => {
    skip(blank)
    if (!string()) return false
    skip(blank)
    if (text[at] !== ':') return false
    at += 1
    return true
  }
  for (;;) {
    skip(blank)
    const character = text[at]
    if (character === '{' || character === '[') {
      at += 1
      skip(blank)
      const closing = character === '{' ? '}' : ']'
      if (text[at] === closing) at += 1
      else {
        open.push(character)
        if (character === '{' && !key()) return at
        continue
      }
    } else if (!string() && !skip(number) && !skip(word)) return at
    // A value has ended: close what closes, then go on to the next one.
    for (;;) {
      skip(blank)
      const inside = open.at(-1)
      if (inside === undefined) return at < text.length ? at : undefined
      if (text[at] === ',') {
        at += 1
        if (inside === '{' && !key()) return at
        break
      }
      if (text[at] !== (inside === '{' ? '}' : ']')) return at
      at += 1
      open.pop()
    }
  }
}
