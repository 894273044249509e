/** A map beside the map of the frame: it follows the first and leads it, and lights what the first lights. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTheme } from '../preferences.ts'
import { hover, navigate, select, useAddress, useStored } from '../state.ts'
import { createMap, type MapOwner } from './create-map.ts'
import type { LayerDescription } from './layer.ts'
import { shownLayers } from './layer-switch.ts'
import { syncMaps } from './sync-maps.ts'

interface Props {
  /** The map of the frame. */
  readonly owner: MapOwner
  readonly layers: readonly LayerDescription[]
  readonly label: string
  /** Said where the browser gives no second map. */
  readonly failedWords: string
}

export function SecondMap({ owner, layers, label, failedWords }: Props): ReactNode {
  const theme = useTheme()
  const { selection, layers: switches } = useAddress()
  const hovered = useStored((state) => state.hover)
  const container = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<MapOwner | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    if (!container.current) return undefined
    try {
      const created = createMap(container.current, theme, owner.view(), {
        onHover: hover,
        onSelect: (target) => select(target),
        onMove: (view) => navigate({ view }, 'replace'),
        onPointer: () => {},
        onBusy: () => {},
      })
      setMap(created)
      const part = syncMaps(owner, created)
      return () => {
        part()
        created.destroy()
        setMap(null)
      }
    } catch {
      // Browsers allow few WebGL contexts: the first map and the tables stay.
      setFailed(true)
      return undefined
    }
    // The theme is handed on below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [owner])

  useEffect(() => map?.setTheme(theme), [map, theme])
  useEffect(() => map?.show(shownLayers(layers, switches)), [map, layers, switches])
  useEffect(() => map?.highlight(hovered, selection), [map, hovered, selection])
  return (
    <section className="compare-before" aria-label={label}>
      <div ref={container} className="map-canvas" />
      {failed && <p className="map-failed">{failedWords}</p>}
    </section>
  )
}
