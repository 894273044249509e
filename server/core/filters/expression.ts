/** A filter as it was written, before anybody asks whether its names mean anything. OGC 21-065r2 (CQL2 1.0). */
import type { Geometry } from 'geojson'

/** Where in the filter something stands: in a text its character, counting from 1; in JSON its pointer (RFC 6901). */
export type Spot = number | string

export type Expression =
  | { readonly kind: 'property'; readonly name: string; readonly spot: Spot }
  | { readonly kind: 'literal'; readonly value: string | number | boolean; readonly spot: Spot }
  | { readonly kind: 'date' | 'timestamp'; readonly text: string; readonly spot: Spot }
  | Span
  | { readonly kind: 'geometry'; readonly geometry: Geometry; readonly spot: Spot }
  /** Four numbers, or six with heights. */
  | { readonly kind: 'box'; readonly numbers: readonly number[]; readonly spot: Spot }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly spot: Spot }
  | Call

/** INTERVAL(start, end); an open end is the literal `..`. */
export interface Span {
  readonly kind: 'interval'
  readonly start: Expression
  readonly end: Expression
  readonly spot: Spot
}

/** An operator or a function with what it is asked of. Names of the standard are in lower case, as in its JSON. */
export interface Call {
  readonly kind: 'call'
  readonly name: string
  readonly of: readonly Expression[]
  readonly spot: Spot
}

/** How deep expressions may stand in each other. */
export const deepest = 32

const camelCase = ['isNull', 't_finishedBy', 't_metBy', 't_overlappedBy', 't_startedBy', 'a_containedBy']
const known = new Map(camelCase.map((name) => [name.toLowerCase(), name]))
const lowerCase = /^(and|or|not|like|between|in|casei|accenti|div|[sta]_[a-z]+)$/

/** The standard's names are not case-sensitive in a text; a function's own name stays as it is. */
export function canonicalName(name: string): string {
  const lower = name.toLowerCase()
  return known.get(lower) ?? (lowerCase.test(lower) ? lower : name)
}
