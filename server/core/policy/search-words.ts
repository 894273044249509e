/** What was typed to find a household or place, as words of which each must be found. */

export interface SearchWords {
  /** Lower case. */
  readonly words: readonly string[]
  /** The same as regular expressions, POSIX as well as JavaScript: a number is a whole one, 12 is not found in 112 or 120. */
  readonly patterns: readonly string[]
}

export function searchWords(typed: string): SearchWords {
  const words = typed
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return { words, patterns: words.map(patternOf) }
}

function patternOf(word: string): string {
  const literal = word.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
  const before = /^\d/.test(word) ? '(^|[^0-9])' : ''
  const after = /\d$/.test(word) ? '([^0-9]|$)' : ''
  return `${before}${literal}${after}`
}
