/** Where the name of a street or river may stand: along it, where it is straight enough, best near its middle. */
import { boxOfLine } from './boxes.ts'
import type { LabelSpot, Point } from './label-block.ts'
import { textWidth } from './text-size.ts'

/** Farthest that the line may leave its chord under the text, in em. */
const BEND = 0.45
/** Steeper than this a Chinese name is written downwards. */
const STEEP = Math.PI / 4
const TRIES = 40

/**
 * Spots for a name along lines on the sheet, the longest line first; on each line the straightest stretches first, of equally straight
 * ones the one nearest the middle.
 */
export function* lineSpots(
  lines: readonly (readonly Point[])[],
  text: string,
  size: number,
): Generator<LabelSpot> {
  const length = textWidth(text, size) + size * 0.4
  const measured = lines
    .map((line) => ({ line, along: distancesAlong(line) }))
    .filter(({ along }) => along.at(-1)! >= length)
    .toSorted((p, q) => q.along.at(-1)! - p.along.at(-1)! || compare(p.line[0]!, q.line[0]!))
  for (const { line, along } of measured) yield* spotsOn(line, along, text, size, length)
}

function spotsOn(
  line: readonly Point[],
  along: readonly number[],
  text: string,
  size: number,
  length: number,
): LabelSpot[] {
  const room = along.at(-1)! - length
  const count = Math.min(TRIES, Math.max(1, Math.ceil(room / (size / 2))))
  const found = []
  for (let i = 0; i <= count; i++) {
    const from = count === 0 ? 0 : (room * i) / count
    const [a, b] = [pointAt(line, along, from), pointAt(line, along, from + length)]
    const bend = bendBetween(line, along, from, from + length, a, b)
    // Where the chord is much shorter than the line, the line turns back.
    if (bend > BEND * size || Math.hypot(b[0] - a[0], b[1] - a[1]) < 0.95 * length) continue
    found.push({
      spot: spotOn(a, b, text, size),
      bend: Math.round((4 * bend) / (BEND * size)),
      off: Math.abs(from - room / 2),
    })
  }
  return found.toSorted((p, q) => p.bend - q.bend || p.off - q.off).map(({ spot }) => spot)
}

/** A text in the middle of a chord, to be read from the foot or the right of the sheet. */
function spotOn(a: Point, b: Point, text: string, size: number): LabelSpot {
  const [p, q] = b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]) ? [a, b] : [b, a]
  const slope = Math.atan2(q[1] - p[1], q[0] - p[0])
  const [x, y] = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]
  const isColumn = Math.abs(slope) > STEEP && /^\P{Script=Latin}+$/u.test(text)
  // A column runs downwards: it is turned by what the line leans from there.
  const angle = isColumn ? (slope > 0 ? slope - Math.PI / 2 : slope + Math.PI / 2) : slope
  const half = textWidth(text, size) / 2 + size * 0.15
  const [dx, dy] = [half * Math.cos(slope), half * Math.sin(slope)]
  return {
    x,
    y,
    angle,
    size,
    isColumn,
    leader: null,
    boxes: [boxOfLine([x - dx, y - dy], [x + dx, y + dy], size * 1.2)],
  }
}

function distancesAlong(line: readonly Point[]): number[] {
  const along = [0]
  for (let i = 1; i < line.length; i++)
    along.push(along[i - 1]! + Math.hypot(line[i]![0] - line[i - 1]![0], line[i]![1] - line[i - 1]![1]))
  return along
}

function pointAt(line: readonly Point[], along: readonly number[], distance: number): Point {
  let i = 1
  while (i < line.length - 1 && along[i]! < distance) i++
  const part = along[i]! - along[i - 1]!
  const share = part === 0 ? 0 : Math.min(1, (distance - along[i - 1]!) / part)
  const [[ax, ay], [bx, by]] = [line[i - 1]!, line[i]!]
  return [ax + share * (bx - ax), ay + share * (by - ay)]
}

/** How far the vertices of a stretch lie from its chord at most. */
function bendBetween(
  line: readonly Point[],
  along: readonly number[],
  from: number,
  to: number,
  [ax, ay]: Point,
  [bx, by]: Point,
): number {
  const chord = Math.hypot(bx - ax, by - ay)
  if (chord === 0) return Infinity
  let most = 0
  for (let i = 0; i < line.length; i++) {
    if (along[i]! <= from || along[i]! >= to) continue
    const [x, y] = line[i]!
    most = Math.max(most, Math.abs((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / chord)
  }
  return most
}

const compare = ([ax, ay]: Point, [bx, by]: Point): number => ax - bx || ay - by
