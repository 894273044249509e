import type { GridKind, LngLat } from '../../../../server/core/values.ts'
import { select } from '../../../state.ts'
import { nextCode } from './next-code.ts'
import { atomAt } from './places.ts'
import type { Session } from './session.ts'

/** Adds an empty grid in the village at a place and selects it, ready for the brush. */
export function addGridAt(session: Session, at: LngLat, taken: readonly string[]): void {
  const { drawing } = session.store.read()
  const village = drawing && (atomAt(drawing, at)?.village ?? onlyVillage(drawing))
  if (village != null) addGrid(session, village, 'ordinary', null, taken)
}

/** Adds an empty grid, or a microgrid of `parent`, and selects it. */
export function addGrid(
  session: Session,
  village: string,
  kind: GridKind,
  parent: string | null,
  taken: readonly string[],
): void {
  const { drawing } = session.store.read()
  if (!drawing) return
  const code = nextCode(drawing, village, kind, taken, parent)
  const grid = { code, name: null, kind, village, parent, locked: false }
  if (session.edit({ type: 'add-grid', grid }) === null) select({ kind: 'grid', id: code })
}

type Atoms = { readonly atoms: readonly ({ readonly village: string } | null)[] }

function onlyVillage({ atoms }: Atoms): string | null {
  const villages = new Set(atoms.flatMap((atom) => (atom ? [atom.village] : [])))
  const [only] = villages
  return villages.size === 1 ? (only ?? null) : null
}
