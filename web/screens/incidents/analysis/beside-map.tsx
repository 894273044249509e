/** The period before on a map of its own, over the left half: it follows the map of the frame and leads it, on one scale of colours. */
import type { MultiPolygon, Polygon } from 'geojson'
import { type ReactNode, useMemo } from 'react'
import { api } from '../../../api.ts'
import { useSay } from '../../../i18n/use-say.ts'
import type { MapOwner } from '../../../map/create-map.ts'
import type { LayerDescription, Toggle } from '../../../map/layer.ts'
import { areaMask } from '../../../map/layers/area-mask.ts'
import { gridLayers } from '../../../map/layers/grids.ts'
import { SecondMap } from '../../../map/second-map.tsx'
import { useAddress } from '../../../state.ts'
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
  const { area: code } = useAddress()
  const picture = usePicture()
  const area = useResource(code ? api.area(code) : null).data
  const { shown } = useAsked()
  const day = (shown && comparedPeriod(shown.look.compare, shown.interval)?.to) ?? null
  const layers = useMemo(() => {
    const boundary = (area?.boundary ?? null) as unknown as Polygon | MultiPolygon | null
    return picture ? layersBefore(picture, { boundary, day }) : []
  }, [picture, area, day])
  return (
    <SecondMap owner={owner} layers={layers} label={say(text.beforeMap)} failedWords={say(text.mapFailed)} />
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
