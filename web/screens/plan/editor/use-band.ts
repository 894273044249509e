import { useMemo } from 'react'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import { useGrids } from '../data.ts'

/** How many households a grid should have here; null: no policy says so. Undefined while it is not known yet. */
export function useKnownBand(): SizeBand | null | undefined {
  const { data } = useGrids()
  const { from, to } = data?.band ?? {}
  const known = data !== undefined
  return useMemo(
    () => (known ? (from === undefined || to === undefined ? null : { from, to }) : undefined),
    [known, from, to],
  )
}

export const useBand = (): SizeBand | null => useKnownBand() ?? null
