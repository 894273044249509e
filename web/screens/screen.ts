/**
 * The seam between the frame and a screen. A screen is one folder and one value of this type, listed in `registry.ts` with its title and loaded on its first use:
 *
 *   screens/patrol/screen.ts     export const patrolScreen: Screen = { id: 'patrol', … }
 *   screens/patrol/text.ts       its texts, both languages side by side (i18n/language.ts)
 *   screens/patrol/layers.ts     pure: data, theme, state → LayerDescription[] and LegendDescription[] (map/layer.ts)
 *   screens/patrol/panel.tsx …   what stands in the left panel, the drawer and at the foot
 *
 * The frame owns the bar, the panels' places and sizes, the map and its tools, the layer switch and the legend box.
 *
 * - **State**: `useAddress()` has area and selection, `usePeriod()` the day or interval; `navigate`, `select`, `hover`, `useChoice` change it (state.ts).
 *   Nothing a link should show is kept in a component.
 * - **Data**: `useResource(api.grids(area, day))` (use-resource.ts, api.ts). The same resource asked for in the panel, the drawer
 *   and `useMapContent` is fetched once; the last answer stays while the next one loads.
 * - **States**: `<Loading/> <Failed/> <Empty/>` of frame/states.tsx; a list says what belongs there and the one action that fills it.
 * - **List ↔ map**: `RowTable` (frame/row-table.tsx) or `VirtualList` for lists, and layers with a `pick` of the same kind; hover, selection,
 *   drawer and address then follow by themselves. `select(target, bbox)` also moves the map.
 * - **Figures and dates**: i18n/format.ts only.
 * - **Colours**: map/palette.ts (meaning → colour, both themes); components use the CSS variables of styles/base.css.
 */
import type { ComponentType } from 'react'
import type { Area } from '../../server/contract/areas.ts'
import type { Message } from '../../server/core/values.ts'
import type { ScreenId, Target } from '../address.ts'
import type { MapOwner } from '../map/create-map.ts'
import type { LayerDescription } from '../map/layer.ts'
import type { LegendDescription } from '../map/legend-entry.ts'
import type { Period } from '../period.ts'
import type { Bbox } from '../state.ts'

export interface Screen {
  readonly id: ScreenId
  /** Which control of time the top bar shows for it: one day, or an interval. */
  readonly period: 'day' | 'interval'
  /** Whether it shows what is just now, whatever time the address names; a hook. */
  readonly useIsLive?: () => boolean
  /** The time it shows when the address names none; read what holds with `usePeriod()` (period.ts). */
  readonly initialPeriod: (area: Area, today: string) => Period
  /** The left panel: what to work on. Fills its place and scrolls inside itself. */
  readonly Panel: ComponentType
  /** The right drawer for the selected thing; drawn only while there is a selection. */
  readonly Drawer: ComponentType<{ readonly selection: Target }>
  /** The foot, 96 px: a timeline. */
  readonly Foot?: ComponentType
  /** Keys of its own, for the list under `?`: those that work now. */
  readonly shortcuts?: () => readonly (readonly [key: string, word: Message])[]
  /** What the map shows, as a hook: called while the screen is active. Memoise: the map compares by identity. */
  readonly useMapContent: () => MapContent
}

export interface MapContent {
  readonly layers: readonly LayerDescription[]
  readonly legends: readonly LegendDescription[]
  /** A bar under the top bar runs while true; the last picture stays. */
  readonly loading: boolean
  /** Where the selection is, to show it when a link is opened without a map view. */
  readonly selectionBbox?: Bbox | null
  /** The map keeps the right half of its place: the left half is the overlay's. */
  readonly isHalf?: boolean
  /** Things will move on the map: what draws them is fetched before it is asked for. */
  readonly isMoving?: boolean
  /** What the screen lays over the map: tools of its own, and layers that change with every move of the pointer. */
  readonly Overlay?: ComponentType<OverlayProps>
}

export interface OverlayProps {
  readonly owner: MapOwner
  /** The map's own tools have the pointer, e.g. to measure. */
  readonly pointerTaken: boolean
}
