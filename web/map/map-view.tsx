/** The map's place in the frame: hands the active screen's content to the map's owner, and the map's events to the state. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { LngLat } from '../../server/core/values.ts'
import type { Address, MapView as View } from '../address.ts'
import { text as frameText } from '../frame/text.ts'
import { formatPosition } from '../i18n/format.ts'
import { useSay } from '../i18n/use-say.ts'
import { useTheme } from '../preferences.ts'
import type { MapContent } from '../screens/screen.ts'
import { type Bbox, hover, navigate, readState, select, useAddress, useStored } from '../state.ts'
import { createStore, type Store, useStore } from '../store.ts'
import { createMap, type MapOwner } from './create-map.ts'
import { shownLayers } from './layer-switch.ts'
import { Legend } from './legend.tsx'
import { MapTools } from './map-tools.tsx'
import { measureLayer } from './measure.ts'

interface Props {
  readonly content: MapContent
  /** The area's box: where the map starts, and goes back to. */
  readonly home: Bbox | null
}

export function MapView({ content, home }: Props): ReactNode {
  const say = useSay()
  const container = useRef<HTMLDivElement>(null)
  const [owner, setOwner] = useState<MapOwner | null>(null)
  const [failed, setFailed] = useState(false)
  const [busy, setBusy] = useState(false)
  const [pointer] = useState(() => createStore<Pointer>({ at: null }))
  const [measuring, setMeasuring] = useState<readonly LngLat[] | null>(null)
  const theme = useTheme()
  const address = useAddress()
  const hovered = useStored((state) => state.hover)
  const focus = useStored((state) => state.focus)
  const startKnown = home !== null || address.view !== null

  useEffect(() => {
    if (!startKnown || !container.current) return undefined
    try {
      const created = createMap(container.current, theme, address.view ?? (home as Bbox), {
        onHover: hover,
        onSelect: (target) => select(target),
        onMove: followMap,
        onPointer: (at) => pointer.write({ at }),
        onBusy: setBusy,
      })
      setOwner(created)
      return () => {
        created.destroy()
        setOwner(null)
      }
    } catch {
      // No WebGL: everything but the map works on.
      setFailed(true)
      return undefined
    }
    // One map for the life of the page: what changes later is handed to it below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [startKnown])

  useEffect(() => {
    owner?.setName(say(frameText.map))
  }, [owner, say])
  useEffect(() => {
    owner?.setTheme(theme)
  }, [owner, theme])
  const layers = useMemo(() => {
    const shown = shownLayers(content.layers, address.layers)
    return measuring ? [...shown, measureLayer(measuring, theme)] : shown
  }, [content.layers, address.layers, measuring, theme])
  useEffect(() => {
    owner?.show(layers)
  }, [owner, layers])
  useEffect(() => {
    if (content.isMoving) owner?.prepareDeck()
  }, [owner, content.isMoving])
  useEffect(() => {
    owner?.highlight(hovered, address.selection)
  }, [owner, hovered, address.selection])
  useEffect(() => {
    if (focus) owner?.fit(focus.bbox, { air: 0.15, animate: true, asked: true, covered: coveredByDrawer() })
  }, [owner, focus])
  useFollowAddress(owner, address, home, content.selectionBbox ?? null, content.isHalf ?? false)

  return (
    <section className="map-view" aria-label={say(frameText.map)}>
      <div ref={container} className={`map-canvas${content.isHalf ? ' is-half' : ''}`} />
      {failed && <p className="map-failed">{say(frameText.mapFailed)}</p>}
      {/* Without an area there is nothing to wait for. */}
      {startKnown && (busy || content.loading) && (
        <output className="busy-bar" aria-label={say(frameText.loading)} />
      )}
      {owner && <MapTools owner={owner} home={home} positions={measuring} onMeasure={setMeasuring} />}
      {owner && content.Overlay && <content.Overlay owner={owner} pointerTaken={measuring !== null} />}
      {owner && (
        <Legend
          layers={content.layers}
          legends={content.legends}
          switches={address.layers}
          onSwitch={(switches) => navigate({ layers: switches }, 'replace')}
        />
      )}
      <PointerPosition pointer={pointer} />
    </section>
  )
}

interface Pointer {
  readonly at: LngLat | null
}

/** By itself: the pointer moves in every frame, and nothing else of the view follows from it. */
function PointerPosition({ pointer }: { readonly pointer: Store<Pointer> }): ReactNode {
  const at = useStore(pointer, (state) => state.at)
  return at && <output className="map-position">{formatPosition(at[0], at[1])}</output>
}

/** Air around a whole area; around one thing there is more, 30 % in all, so that its surroundings show. */
export const areaAir = 0.05

const nothing = { right: 0, bottom: 0 }

/** On smaller screens the drawer is a sheet over the map: at its right, or on a phone at its foot. */
function coveredByDrawer(): { readonly right: number; readonly bottom: number } {
  const drawer = document.querySelector('.drawer')?.getBoundingClientRect()
  const map = document.querySelector('.map-view')?.getBoundingClientRect()
  if (!drawer || !map || drawer.left >= map.right || drawer.top >= map.bottom) return nothing
  return drawer.left > map.left
    ? { right: map.right - drawer.left, bottom: 0 }
    : { right: 0, bottom: map.bottom - drawer.top }
}

/** The view the map itself put into the address last: nothing to follow. */
let ownView: View | null = null

/** The map moved: the address keeps where, without a step in the history. */
function followMap(view: View): void {
  ownView = view
  navigate({ view }, 'replace')
}

/**
 * The address moved (Back, a link, another area): the map follows. Without a view in the address the map shows the selected
 * thing once it is known, else the area.
 */
function useFollowAddress(
  owner: MapOwner | null,
  address: Address,
  home: Bbox | null,
  selected: Bbox | null,
  isHalf: boolean,
): void {
  const opensSelection = useRef(readState().address.view === null && readState().address.selection !== null)
  useEffect(() => {
    if (!owner || !address.view || address.view === ownView) return
    const now = owner.view()
    const differs =
      Math.abs(now.longitude - address.view.longitude) > 2e-5 ||
      Math.abs(now.latitude - address.view.latitude) > 2e-5 ||
      Math.abs(now.zoom - address.view.zoom) > 0.02
    if (differs) owner.goTo(address.view)
  }, [owner, address.view])

  const homeKey = home?.join()
  const lastHome = useRef(homeKey)
  useEffect(() => {
    if (!owner || !home) return
    // The first box is that of the area in the address; only another one after it is a change. With another width of the map,
    // what nobody chose is shown whole again.
    const changed = lastHome.current !== undefined && lastHome.current !== homeKey
    lastHome.current = homeKey
    if (changed || readState().address.view === null)
      owner.fit(home, { air: areaAir, animate: changed, asked: false, covered: nothing })
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [owner, homeKey, isHalf])

  const selectedKey = selected?.join()
  useEffect(() => {
    if (!owner || !selected || !opensSelection.current) return
    opensSelection.current = false
    owner.fit(selected, { air: 0.15, animate: false, asked: false, covered: coveredByDrawer() })
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [owner, selectedKey])
}
