/** What the map shows in place of the open plan, while somebody looks at a proposal: outside React, like editing.ts. */
import type { Drawing } from '../../../../server/core/planning/drawing/drawing.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import { createStore, useStore } from '../../../store.ts'

export interface Preview {
  readonly drawing: Drawing
  /** Where the names of its grids stand. */
  readonly points: ReadonlyMap<string, LngLat>
  /** The sizes it was made for. */
  readonly band: SizeBand
}

const store = createStore<{ readonly preview: Preview | null }>({ preview: null })

export const readPreview = (): Preview | null => store.read().preview
export const usePreview = (): Preview | null => useStore(store, (state) => state.preview)
export const subscribePreview = store.subscribe
export function showPreview(preview: Preview | null): void {
  if (store.read().preview !== preview) store.write({ preview })
}
