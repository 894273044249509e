/** A filter that means something: every name is a queryable, every operand of its type. */
import type { Geometry } from 'geojson'

/** `words`: several texts, of which one is asked for; `day`: a local day. */
export type ValueType = 'text' | 'number' | 'boolean' | 'instant' | 'day' | 'words' | 'geometry'

/** The properties a filter may name. */
export type Queryables = Readonly<Record<string, ValueType>>

export type Value =
  | { readonly kind: 'property'; readonly type: ValueType; readonly name: string }
  /** Of an instant or a day its text, ISO 8601. */
  | { readonly kind: 'given'; readonly type: ValueType; readonly value: string | number | boolean }
  /** Longitude, latitude, WGS 84. */
  | { readonly kind: 'shape'; readonly type: 'geometry'; readonly geometry: Geometry }
  /** A text without regard to capitals. */
  | { readonly kind: 'folded'; readonly type: 'text'; readonly of: Value }

export const comparisons = ['=', '<>', '<', '<=', '>', '>='] as const
export type Comparison = (typeof comparisons)[number]

export const spatialRelations = [
  'intersects',
  'equals',
  'disjoint',
  'touches',
  'within',
  'overlaps',
  'crosses',
  'contains',
] as const
export type SpatialRelation = (typeof spatialRelations)[number]

export const temporalRelations = [
  'after',
  'before',
  'contains',
  'disjoint',
  'during',
  'equals',
  'finishedBy',
  'finishes',
  'intersects',
  'meets',
  'metBy',
  'overlappedBy',
  'overlaps',
  'startedBy',
  'starts',
] as const
export type TemporalRelation = (typeof temporalRelations)[number]

/** From the beginning of `start` to the end of `end`; null: open. An instant is one with itself at both ends. */
export interface TimeSpan {
  readonly start: Value | null
  readonly end: Value | null
}

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'truth'; readonly of: Value }
  | {
      readonly kind: 'compare'
      readonly operator: Comparison
      readonly left: Value
      readonly right: Value
    }
  | { readonly kind: 'like'; readonly value: Value; readonly pattern: Value }
  | { readonly kind: 'between'; readonly value: Value; readonly from: Value; readonly to: Value }
  | { readonly kind: 'in'; readonly value: Value; readonly among: readonly Value[] }
  /** One of the words is this text. */
  | { readonly kind: 'has'; readonly words: Value; readonly word: Value }
  | { readonly kind: 'null'; readonly of: Value }
  | {
      readonly kind: 'spatial'
      readonly relation: SpatialRelation
      readonly left: Value
      readonly right: Value
    }
  | {
      readonly kind: 'temporal'
      readonly relation: TemporalRelation
      readonly left: TimeSpan
      readonly right: TimeSpan
    }
