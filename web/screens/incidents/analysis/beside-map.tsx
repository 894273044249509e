/** The period before on a map of its own, over the left half: it follows the map of the frame and leads it, on one scale of colours. */
import type { MultiPolygon, Polygon } from 'geojson'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../../../api.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { createMap, type MapOwner } from '../../../map/create-map.ts'
import type { LayerDescription, Toggle } from '../../../map/layer.ts'
import { shownLayers } from '../../../map/layer-switch.ts'
import { areaMask } from '../../../map/layers/area-mask.ts'
import { gridLayers } from '../../../map/layers/grids.ts'
import { syncMaps } from '../../../map/sync-maps.ts'
import { useTheme } from '../../../preferences.ts'
import { hover, navigate, select, useAddress, useStored } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import type { OverlayProps } from '../../screen.ts'
import { useAsked } from '../data.ts'
import { fillOpacity, hexagonFeatures, hexagonLayer } from '../layers.ts'
import { idOf } from '../measures.ts'
import { comparedPeriod } from './look.ts'
import { amountColor, type Picture } from './picture.ts'
import { text } from './text.ts'
import { usePicture } from './use-picture.ts'

export function BesideMap({ owner, pointerTaken }: OverlayProps): ReactNode {
  const say = useSay()
  const { shown } = useAsked()
  const before = shown && comparedPeriod(shown.look.compare, shown.interval)
  return (
    <div className={`compare is-side${pointerTaken ? ' is-idle' : ''}`}>
      <BeforeMap owner={owner} />
      {shown && before && (
        <>
          <p className="compare-name is-before card">
            <b>{say(text.before)}</b> {say(text.through, before)}
          </p>
          <p className="compare-name is-after card">
            <b>{say(text.now)}</b> {say(text.through, shown.interval)}
          </p>
        </>
      )}
      <div className="compare-line" />
    </div>
  )
}

function BeforeMap({ owner }: { readonly owner: MapOwner }): ReactNode {
  const say = useSay()
  const theme = useTheme()
  const { area: code, selection, layers: switches } = useAddress()
  const hovered = useStored((state) => state.hover)
  const picture = usePicture()
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
      // Browsers allow few WebGL contexts: the first map and the table stay.
      setFailed(true)
      return undefined
    }
    // The theme is handed on below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [owner])

  useEffect(() => map?.setTheme(theme), [map, theme])
  const area = useResource(code ? api.area(code) : null).data
  const { shown } = useAsked()
  const day = (shown && comparedPeriod(shown.look.compare, shown.interval)?.to) ?? null
  const layers = useMemo(() => {
    const boundary = (area?.boundary ?? null) as unknown as Polygon | MultiPolygon | null
    return picture ? shownLayers(layersBefore(picture, { boundary, day }), switches) : []
  }, [picture, area, day, switches])
  useEffect(() => map?.show(layers), [map, layers])
  useEffect(() => map?.highlight(hovered, selection), [map, hovered, selection])
  return (
    <section className="compare-before" aria-label={say(text.beforeMap)}>
      <div ref={container} className="map-canvas" />
      {failed && <p className="map-failed">{say(text.mapFailed)}</p>}
    </section>
  )
}

interface Ground {
  readonly boundary: Polygon | MultiPolygon | null
  /** Last day of the period before: its grids are those in force then. */
  readonly day: string | null
}

/** The counts of the period before, in the colours of the counts now, on the same ground. */
function layersBefore(picture: Picture, { boundary, day }: Ground): LayerDescription[] {
  const { answer, theme, breaks } = picture
  const toggle = (id: string): Toggle => ({ id, label: '', shown: true })
  const outside = boundary ? [areaMask('before', boundary, theme)] : []
  const colorOf = (cell: (typeof answer.cells)[number]): string | null =>
    amountColor(cell.before ?? null, breaks, theme)
  if (answer.unit === 'grid') {
    const classes = answer.cells.flatMap((cell) => {
      const color = colorOf(cell)
      return color === null ? [] : [{ color, codes: [idOf(cell)] }]
    })
    return [...outside, gridLayers({ id: 'before', theme, day, classes, toggle: toggle('grids') })]
  }
  const { pick: _, ...lines } = gridLayers({ id: 'before', theme, day, classes: [], toggle: toggle('grids') })
  return [
    hexagonLayer({
      features: hexagonFeatures(answer.cells, colorOf),
      opacity: fillOpacity(picture),
      theme,
      toggle: toggle('hexagons'),
      pickable: true,
      outlined: [],
    }),
    ...outside,
    lines,
  ]
}
