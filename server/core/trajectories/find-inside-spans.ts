import type { Grid, Interval } from '../values.ts'
import { clipSegment } from './clip-segment.ts'
import type { Path } from './collapse-stays.ts'
import { INSIDE, isClear, OUTSIDE, type PreparedGrid, prepareGrid, type Side } from './prepare-grid.ts'
import { Spans, settleEdges, uniteSpans } from './spans.ts'
import { OBSERVED } from './trace.ts'

/** A grid's geometry while both that version of it and the assignment are in force. Several entries may share a code. */
export interface AssignedGrid extends Grid, Interval {}

/** Where a path runs inside a grid, and the versions of the grid that counted. */
export interface InsideSpans {
  readonly code: string
  readonly versions: readonly PreparedGrid[]
  readonly spans: Spans
}

/**
 * Where the observed path lies inside each grid, in the order of the codes. Crossings of the boundary are interpolated on
 * their segment, segment by segment: a path that doubles back counts twice. Time outside an entry's interval is not
 * inside. What lies exactly along an edge shared by several of the grids belongs to the smallest code.
 */
export function findInsideSpans(path: Path, grids: readonly AssignedGrid[]): InsideSpans[] {
  const byCode = new Map<string, AssignedGrid[]>()
  for (const grid of grids) byCode.set(grid.code, [...(byCode.get(grid.code) ?? []), grid])
  const codes = [...byCode.keys()].sort()
  const taken = new Spans()
  return codes.map((code) => {
    const entries = byCode.get(code)!
    const lists = entries.map((entry) => spansOf(path, entry))
    return {
      code,
      versions: [...new Set(entries.map((entry) => prepareGrid(entry.geometry)))],
      spans: settleEdges(uniteSpans(lists), taken),
    }
  })
}

function spansOf(path: Path, entry: AssignedGrid): Spans {
  const { time, longitude, latitude, kind } = path
  const grid = prepareGrid(entry.geometry)
  const from = entry.from ?? Number.NEGATIVE_INFINITY
  const to = entry.to ?? Number.POSITIVE_INFINITY
  const spans = new Spans(kind.length)
  // What `take` reads is set only for it: variables that a closure shares are slow in the loop.
  let segment = 0
  let earliest = 0
  let latest = 1
  const take = (a: number, b: number, onEdge: boolean): void => {
    const first = a > earliest ? a : earliest
    const last = b < latest ? b : latest
    if (first < last) spans.add(segment, first, last, onEdge)
  }
  let side: Side | undefined
  for (let i = 0; i < kind.length; i++) {
    const start = time[i]!
    const end = time[i + 1]!
    if (kind[i] !== OBSERVED || end <= from || start >= to) {
      side = undefined
      continue
    }
    const first = start < from ? (from - start) / (end - start) : 0
    const last = end > to ? (to - start) / (end - start) : 1
    const ax = longitude[i]!
    const ay = latitude[i]!
    const bx = longitude[i + 1]!
    const by = latitude[i + 1]!
    if ((side === INSIDE || side === OUTSIDE) && isClear(grid, ax, ay, bx, by)) {
      if (side === INSIDE) spans.add(i, first, last, false)
      continue
    }
    segment = i
    earliest = first
    latest = last
    side = clipSegment(grid, ax, ay, bx, by, side, take)
  }
  return spans
}
