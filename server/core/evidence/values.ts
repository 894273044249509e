/** Evidence that a trace may not be what it seems. Never a verdict: each piece has innocent explanations. */
import type { EvidenceCode } from '../policy/evidence-policy.ts'

/** Epoch milliseconds. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** A piece of evidence about one worker's day. */
export interface Evidence {
  readonly code: EvidenceCode
  readonly worker: string
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly day: string
  /** From the first stretch to the last. Epoch milliseconds. */
  readonly from: number
  readonly to: number
  /** The other trace it is about; its stretches are those of this one, moved by `other.shift` milliseconds. */
  readonly other: { readonly worker: string; readonly day: string; readonly shift: number } | null
  /** Figures, their units in their names. */
  readonly figures: Readonly<Record<string, number>>
  readonly stretches: readonly Stretch[]
}

/** What the reports of a day said beside their positions. */
export interface ReportFacts {
  /** Fixes marked as made up by the phone itself. */
  readonly mock: CountedReports
  /** Reports sent by a clock too far from the service's. */
  readonly skew: CountedReports & { readonly mostSeconds: number }
}

export interface CountedReports {
  readonly count: number
  /** Epoch milliseconds; 0 where there are none. */
  readonly from: number
  readonly to: number
}

export const noReports: ReportFacts = {
  mock: { count: 0, from: 0, to: 0 },
  skew: { count: 0, from: 0, to: 0, mostSeconds: 0 },
}

/** By day, worker, code, then the other trace: a total order, for no two pieces share all of them. */
export function compareEvidence(a: Evidence, b: Evidence): number {
  const keys = (one: Evidence): string[] => [
    one.day,
    one.worker,
    one.code,
    one.other?.worker ?? '',
    one.other?.day ?? '',
  ]
  const [left, right] = [keys(a), keys(b)]
  const at = left.findIndex((key, i) => key !== right[i])
  return at < 0 ? 0 : left[at]! < right[at]! ? -1 : 1
}

/**
 * The piece's id: of whose day it is and of what, not of its figures, so that what was noted about it stays when a late fix moves
 * them. Two FNV-1a lanes, 16 hexadecimal digits.
 */
export function evidenceId({ code, worker, day, other }: Evidence): string {
  const key = JSON.stringify([code, worker, day, other?.worker ?? null, other?.day ?? null])
  let [a, b] = [0x811c9dc5, 0xcbf29ce4]
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x01000197) ^ (b >>> 15)
  }
  const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0')
  return hex(a) + hex(b)
}

export const tenths = (value: number): number => Math.round(value * 10) / 10

/** What was found, before it is told whose it is. */
export interface Finding {
  readonly figures: Readonly<Record<string, number>>
  readonly stretches: readonly Stretch[]
}
