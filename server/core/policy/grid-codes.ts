/**
 * How a place writes the codes of its grids. A policy is data: the parts a code is put together from, in order. Presets are the
 * schemes found in use; another place brings its own parts in the rules of its policy.
 */
import type { Flaw, GridKind, Message } from '../values.ts'

/** A stretch of a code. */
export type CodePart =
  /** The last `digits` digits of the administrative village's code. */
  | { readonly part: 'village'; readonly digits: number }
  /** One digit for the kind of grid. */
  | { readonly part: 'kind'; readonly ordinary: string; readonly dedicated: string }
  /** Counts from 1, filled with zeros: within the village, and within the kind where the code has one. */
  | { readonly part: 'sequence'; readonly digits: number }

export interface GridCodePolicy {
  readonly parts: readonly CodePart[]
  /** Digits that follow the code of a grid in the codes of its microgrids. */
  readonly microgridDigits: number
}

export const gridCodePresets = {
  /** 3 digits of the village, 1 of the kind (1 ordinary, 2 dedicated), 2 of the sequence: six. */
  'village3-kind-sequence2': {
    parts: [
      { part: 'village', digits: 3 },
      { part: 'kind', ordinary: '1', dedicated: '2' },
      { part: 'sequence', digits: 2 },
    ],
    microgridDigits: 2,
  },
  /** The village's 12 digits (6 county + 3 township + 3 village), then kind and sequence as above: fifteen, one of a kind in the country. */
  'village12-kind-sequence2': {
    parts: [
      { part: 'village', digits: 12 },
      { part: 'kind', ordinary: '1', dedicated: '2' },
      { part: 'sequence', digits: 2 },
    ],
    microgridDigits: 2,
  },
  /** The village's 12 digits and 3 of the sequence, whatever the kind: fifteen (6 + 3 + 3 + 3, Beijing's rule for unit grids). */
  'village12-sequence3': {
    parts: [
      { part: 'village', digits: 12 },
      { part: 'sequence', digits: 3 },
    ],
    microgridDigits: 2,
  },
} as const satisfies Readonly<Record<string, GridCodePolicy>>

export type GridCodePreset = keyof typeof gridCodePresets

/**
 * The scheme of a policy of kind `division`, whose rules are `{ "codes": "village3-kind-sequence2" }` or `{ "codes": { "parts": […],
 * "microgridDigits": 2 } }`; null when they say nothing about it or nothing that can be used.
 */
export function gridCodePolicyOf(rules: unknown): GridCodePolicy | null {
  const codes = asRecord(rules)?.['codes']
  if (typeof codes === 'string')
    return Object.hasOwn(gridCodePresets, codes) ? gridCodePresets[codes as GridCodePreset] : null
  const parts = asRecord(codes)?.['parts']
  const microgridDigits = asRecord(codes)?.['microgridDigits'] ?? 2
  if (!Array.isArray(parts) || !isDigits(microgridDigits) || !parts.every(isPart)) return null
  const once = new Set(parts.map(({ part }) => part)).size === parts.length
  const counts = parts.some(({ part }) => part === 'sequence') && parts.some(({ part }) => part === 'village')
  return once && counts ? { parts, microgridDigits } : null
}

/** What a code says. */
export interface GridCodeMeaning {
  /** The village's digits as far as the code has them. */
  readonly village: string
  /** Null where codes do not tell. */
  readonly kind: GridKind | null
  readonly sequence: number
  /** For a microgrid, the code of the grid it lies in. */
  readonly parent: string | null
}

export type GridCodeReason =
  | 'code_not_digits'
  | 'code_length'
  | 'code_kind'
  | 'code_sequence'
  | 'code_village'
  | 'code_parent'

/** The code of a grid; null when the village has too few digits or the sequence too many for the policy. */
export function formatGridCode(
  policy: GridCodePolicy,
  grid: { readonly village: string; readonly kind: 'ordinary' | 'dedicated'; readonly sequence: number },
): string | null {
  let code = ''
  for (const part of policy.parts) {
    if (part.part === 'kind') code += part[grid.kind]
    else {
      const text =
        part.part === 'village' ? grid.village.slice(-part.digits) : sequenceText(grid.sequence, part.digits)
      if (text === null || text.length !== part.digits || !/^\d+$/.test(text)) return null
      code += text
    }
  }
  return code
}

/** The code of a grid's microgrid; null beyond the last number the digits can write. */
export function formatMicrogridCode(policy: GridCodePolicy, parent: string, sequence: number): string | null {
  const text = sequenceText(sequence, policy.microgridDigits)
  return text === null ? null : parent + text
}

/** Numbers a scope can hold: 99 with two digits. */
export function sequenceLimit(policy: GridCodePolicy, kind: GridKind): number {
  const sequence = policy.parts.find((part) => part.part === 'sequence')
  return 10 ** (kind === 'microgrid' ? policy.microgridDigits : (sequence?.digits ?? 0)) - 1
}

/** Reads a code, of a grid or a microgrid, or tells what is wrong with it. */
export function parseGridCode(policy: GridCodePolicy, code: string): GridCodeMeaning | GridCodeReason {
  const length = codeLength(policy)
  if (!/^\d+$/.test(code)) return 'code_not_digits'
  if (code.length === length + policy.microgridDigits) {
    const parent = parseGridCode(policy, code.slice(0, length))
    if (typeof parent === 'string') return parent
    const sequence = Number(code.slice(length))
    if (sequence === 0) return 'code_sequence'
    return { village: parent.village, kind: 'microgrid', sequence, parent: code.slice(0, length) }
  }
  if (code.length !== length) return 'code_length'
  let village = ''
  let kind: GridKind | null = null
  let sequence = 0
  let at = 0
  for (const part of policy.parts) {
    const text = code.slice(at, at + digitsOf(part))
    at += digitsOf(part)
    if (part.part === 'village') village = text
    else if (part.part === 'sequence') sequence = Number(text)
    else if (text === part.ordinary) kind = 'ordinary'
    else if (text === part.dedicated) kind = 'dedicated'
    else return 'code_kind'
  }
  return sequence === 0 ? 'code_sequence' : { village, kind, sequence, parent: null }
}

/** What a grid's code breaks of its policy: its form, and what it says against what the grid is. Empty when all is well. */
export function gridCodeFlaws(
  policy: GridCodePolicy,
  grid: {
    readonly code: string
    readonly village: string
    readonly kind: GridKind
    readonly parent: string | null
  },
): Flaw[] {
  const meaning = parseGridCode(policy, grid.code)
  const reasons: GridCodeReason[] = []
  if (typeof meaning === 'string') reasons.push(meaning)
  else {
    if (!grid.village.endsWith(meaning.village)) reasons.push('code_village')
    if (meaning.parent !== grid.parent) reasons.push('code_parent')
    else if (meaning.kind !== null && meaning.kind !== grid.kind) reasons.push('code_kind')
  }
  return reasons.map((code) => ({
    code,
    place: { id: grid.code, field: 'code' },
    message: messages[code](grid.code, codeLength(policy)),
    value: grid.code,
  }))
}

/** A pattern that every code of a policy matches, grids' and microgrids'. */
export function gridCodePattern(policy: GridCodePolicy): RegExp {
  const text = policy.parts.map((part) =>
    part.part === 'kind' ? `[${part.ordinary}${part.dedicated}]` : numbered(part.part, part.digits),
  )
  return new RegExp(`^${text.join('')}(?:${numbered('sequence', policy.microgridDigits)})?$`)
}

/** A sequence never is 0. */
const numbered = (part: 'village' | 'sequence', digits: number): string =>
  part === 'village' ? `\\d{${digits}}` : `(?!0{${digits}})\\d{${digits}}`

const digitsOf = (part: CodePart): number => (part.part === 'kind' ? 1 : part.digits)

const codeLength = (policy: GridCodePolicy): number =>
  policy.parts.reduce((sum, part) => sum + digitsOf(part), 0)

function sequenceText(sequence: number, digits: number): string | null {
  const fits = Number.isInteger(sequence) && sequence >= 1 && sequence < 10 ** digits
  return fits ? String(sequence).padStart(digits, '0') : null
}

const messages: Readonly<Record<GridCodeReason, (code: string, length: number) => Message>> = {
  code_not_digits: (code) => ({
    zh: `编码“${code}”只能由数字组成`,
    en: `the code "${code}" may have digits only`,
  }),
  code_length: (code, length) => ({
    zh: `编码“${code}”有 ${code.length} 位，应为 ${length} 位`,
    en: `the code "${code}" has ${code.length} digits instead of ${length}`,
  }),
  code_kind: (code) => ({
    zh: `编码“${code}”中的类别与网格类别不符`,
    en: `the code "${code}" names another kind than the grid's`,
  }),
  code_sequence: (code) => ({
    zh: `编码“${code}”的顺序号不能为零`,
    en: `the number in the code "${code}" is zero`,
  }),
  code_village: (code) => ({
    zh: `编码“${code}”不属于网格所在的村（社区）`,
    en: `the code "${code}" belongs to another village than the grid`,
  }),
  code_parent: (code) => ({
    zh: `编码“${code}”与所属网格不符`,
    en: `the code "${code}" does not go with the grid it lies in`,
  }),
}

const isDigits = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 12

function isPart(value: unknown): value is CodePart {
  const part = asRecord(value)
  if (part?.['part'] !== 'kind')
    return (part?.['part'] === 'village' || part?.['part'] === 'sequence') && isDigits(part['digits'])
  const [ordinary, dedicated] = [part['ordinary'], part['dedicated']]
  return (
    [ordinary, dedicated].every((one) => typeof one === 'string' && /^\d$/.test(one)) &&
    ordinary !== dedicated
  )
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
