import type { AtomBorder, Barrier } from '../values.ts'
import { type Cells, eachSide } from './cells.ts'
import type { Fabric } from './fabric.ts'

interface Shared {
  metres: number
  isOpen: boolean
  /** Metres along each barrier, told apart by name and rank: a street is many pieces of one name. */
  readonly along: Map<string, { readonly name: string | null; readonly rank: number; metres: number }>
}

/**
 * The lines between neighbouring atoms, also of two villages, by a, then b.
 * @param atomOf atom of each cell
 * @param barrierOf the barrier that a line of the fabric runs on or beside, or -1
 */
export function bordersOf(
  fabric: Fabric,
  cells: Cells,
  atomOf: Int32Array,
  barriers: readonly Barrier[],
  barrierOf: (line: number) => number,
): AtomBorder[] {
  const shared = new Map<number, Shared>()
  const atoms = atomOf.reduce((most, atom) => Math.max(most, atom + 1), 0)
  for (let line = 0; line < fabric.lines.from.length; line++) {
    const ends: number[] = []
    const begins: number[] = []
    const add = (p: number, q: number): void => {
      const key = Math.min(p, q) * atoms + Math.max(p, q)
      let border = shared.get(key)
      if (!border) {
        border = { metres: 0, isOpen: false, along: new Map() }
        shared.set(key, border)
      }
      addLine(border, fabric, line, barriers[barrierOf(line)])
    }
    eachSide(fabric, cells, line, (left, right) => {
      if (right === -1) ends.push(atomOf[left]!)
      else if (left === -1) begins.push(atomOf[right]!)
      else if (atomOf[left] !== atomOf[right]) add(atomOf[left]!, atomOf[right]!)
    })
    // Where one village ends and another begins.
    for (const p of ends) for (const q of begins) add(p, q)
  }
  return [...shared]
    .map(([key, border]) => describe(Math.floor(key / atoms), key % atoms, border))
    .sort((p, q) => p.a - q.a || p.b - q.b)
}

function addLine(border: Shared, fabric: Fabric, line: number, barrier: Barrier | undefined): void {
  const metres = fabric.metres[line]!
  border.metres += metres
  border.isOpen ||= fabric.uncrossable[line] === 0 || fabric.crossed[line] === 1
  if (!barrier) return
  const { name, rank } = barrier
  const key = `${rank} ${name ?? ''}`
  const before = border.along.get(key)
  if (before) before.metres += metres
  else border.along.set(key, { name, rank, metres })
}

function describe(a: number, b: number, { metres, isOpen, along }: Shared): AtomBorder {
  const [most] = [...along]
    .sort(([k, p], [l, q]) => q.metres - p.metres || p.rank - q.rank || (k < l ? -1 : 1))
    .map(([, one]) => one)
  return {
    a,
    b,
    lengthMetres: metres,
    barrierMetres: [...along.values()].reduce((sum, one) => sum + one.metres, 0),
    name: most?.name ?? null,
    rank: most?.rank ?? null,
    crossable: isOpen,
  }
}
