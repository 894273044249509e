/**
 * The few value types every part of the product shares. Longitude first everywhere; WGS 84 (EPSG:4326);
 * instants in epoch milliseconds (UTC), days as ISO dates in Asia/Shanghai; intervals half-open [from, to).
 */
import type { MultiPolygon, Polygon } from 'geojson'

/** [longitude, latitude] in degrees, WGS 84. */
export type LngLat = readonly [longitude: number, latitude: number]

/** A text for people, in both languages of the product. */
export interface Message {
  readonly zh: string
  readonly en: string
}

/** Where in the input something stands. All parts optional: give what is known. Counts start at 1. */
export interface Place {
  readonly file?: string
  /** Line of a text file, counting from 1 (header included). */
  readonly line?: number
  /** Record (feature, row, track point) counting from 1. */
  readonly record?: number
  /** The record's own id, where it has one. */
  readonly id?: string
  /** Column, property or JSON pointer. */
  readonly field?: string
  readonly part?: number
  readonly ring?: number
  readonly vertex?: number
  /** Character of a text of one line. */
  readonly character?: number
}

/** Something wrong with a value: a code from a published list, a place, a message. Never thrown; always collected. */
export interface Flaw {
  readonly code: string
  readonly place: Place
  readonly message: Message
  /** The offending value, shortened for display. */
  readonly value?: string
}

/** One GPS reading as it was reported. */
export interface Fix {
  /** Epoch milliseconds, UTC. */
  readonly time: number
  readonly longitude: number
  readonly latitude: number
  /** Radius of 68 % confidence, metres; absent when the device did not say. */
  readonly accuracyMetres?: number
  /** Speed over ground the device reported, metres per second. */
  readonly speedMetresPerSecond?: number
}

/** Half-open [from, to) in epoch milliseconds; `null` is open. */
export interface Interval {
  readonly from: number | null
  readonly to: number | null
}

export type AreaLevel = 'county' | 'township' | 'village'
export type GridKind = 'ordinary' | 'dedicated' | 'microgrid'
export type WorkerRole = 'leader' | 'full_time' | 'part_time' | 'instructor' | 'informant'

/** What a polygon may be in this product. */
export type AreaGeometry = Polygon | MultiPolygon

/** A grid as the checks and the matching see it. */
export interface Grid {
  readonly code: string
  readonly geometry: AreaGeometry
}

/** A household as the checks and the matching see it: an id and a point. */
export interface HouseholdPoint {
  readonly id: string
  readonly longitude: number
  readonly latitude: number
}
