/**
 * Which rows lie on the GPU for good and which are moving: pure. A town has thousands of rows, and to change one among them costs
 * more than a frame; so what an edit or a drag touches is hidden there and drawn apart, until the hand rests.
 */
import { type AtomRow, type LineRow, noRows, type Rows } from './rows.ts'

export interface MovingRows {
  /** The rows as they were when the hand last rested. */
  readonly base: Rows
  /** The same, those that lie differently now hidden; a list that needs no change is the same list. */
  readonly settled: Pick<Rows, 'atoms' | 'lines'>
  /** Those that lie differently now. */
  readonly moving: Pick<Rows, 'atoms' | 'lines'>
}

/** More than these are as dear apart as in their place. */
const mostMoving = 400

const nothingMoves: MovingRows['moving'] = { atoms: noRows.atoms, lines: noRows.lines }

/** All rows in their place. */
export const atRest = (rows: Rows): MovingRows => ({ base: rows, settled: rows, moving: nothingMoves })

/** Tells the rows that changed since the hand last rested from the others; all are in their place where too many did. */
export function movingRows(before: MovingRows, now: Rows): MovingRows {
  const { base, settled } = before
  const atoms = parted(base.atoms, settled.atoms, now.atoms, hiddenAtom)
  const lines = parted(base.lines, settled.lines, now.lines, hiddenLine)
  if (!atoms || !lines || atoms.moving.length + lines.moving.length > mostMoving) return atRest(now)
  return {
    base,
    settled: { atoms: atoms.settled, lines: lines.settled },
    moving: { atoms: atoms.moving, lines: lines.moving },
  }
}

/** Undefined where rows came or went. */
function parted<Row>(
  base: readonly Row[],
  settled: readonly Row[],
  now: readonly Row[],
  hidden: (row: Row) => Row,
): { settled: readonly Row[]; moving: readonly Row[] } | undefined {
  if (base.length !== now.length) return undefined
  const moving: Row[] = []
  // In most frames of a drag the same rows move as in the frame before: no list of thousands is made then.
  let isSame = settled.length === base.length
  for (let i = 0; i < base.length; i++) {
    if (now[i] !== base[i]) moving.push(now[i]!)
    if (isSame) isSame = settled[i] === (now[i] === base[i] ? base[i] : hidden(base[i]!))
  }
  return { settled: isSame ? settled : base.map((row, i) => (now[i] === row ? row : hidden(row))), moving }
}

/** Once a row, so that lists can be compared. */
function once<Row extends object>(make: (row: Row) => Row): (row: Row) => Row {
  const made = new WeakMap<Row, Row>()
  return (row) => {
    const known = made.get(row) ?? make(row)
    made.set(row, known)
    return known
  }
}

const hiddenAtom = once((row: AtomRow): AtomRow => ({ ...row, color: [0, 0, 0, 0] }))
const hiddenLine = once((row: LineRow): LineRow => ({ ...row, style: 'hidden' }))
