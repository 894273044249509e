/** What the open plan puts on the map besides its live layers: names, and the legend. */
import { useMemo } from 'react'
import { bandStatus } from '../../../../server/core/policy/division-policy.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { bandWords } from '../../../i18n/words.ts'
import { grounds } from '../../../map/ground.ts'
import type { LayerDescription, Toggle } from '../../../map/layer.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { bandColors } from '../../../map/palette.ts'
import { useTheme } from '../../../preferences.ts'
import { useStored } from '../../../state.ts'
import { bandMarks, bandOrder } from '../layers.ts'
import { text as planText } from '../text.ts'
import { useSession } from './editing.ts'
import { gridRows, unassignedGround } from './grid-rows.ts'
import { editorLabels } from './layers.ts'
import { usePlanId } from './open-plan.ts'
import { gridBox } from './places.ts'
import { usePreview } from './preview.ts'
import { text } from './text.ts'
import { useBand } from './use-band.ts'

export interface EditorMap {
  readonly names: LayerDescription | undefined
  readonly legends: readonly LegendDescription[]
  readonly loading: boolean
  /** A proposal is shown in place of the plan. */
  readonly isPreview: boolean
  /** The box around the selected grid. */
  readonly selectionBbox: ReturnType<typeof gridBox> | null
}

const noWorkers: ReadonlyMap<string, number> = new Map()

/** Null while no plan is open. */
export function useEditorMap(toggle: Toggle): EditorMap | null {
  const say = useSay()
  const theme = useTheme()
  const preview = usePreview()
  const usual = useBand()
  const band = preview?.band ?? usual
  const plan = usePlanId()
  const own = useSession((state) => state.drawing) ?? null
  const ownPoints = useSession((state) => state.labels)
  const drawing = preview?.drawing ?? own
  const points = preview?.points ?? ownPoints
  const selection = useStored((state) => state.address.selection)

  const names = useMemo(() => {
    if (!drawing || !points) return undefined
    const detailOf = (code: string): string => {
      const count = drawing.figures.get(code)?.households ?? 0
      const grid = drawing.grids.get(code)
      const mark = bandMarks[bandStatus(count, band, grid?.kind ?? 'ordinary')]
      const lock = grid?.locked ? ` · ${say(text.locked)}` : ''
      return `${say(planText.householdsN, { n: formatNumber(count) })}${mark}${lock}`
    }
    return editorLabels(drawing, points, detailOf, theme, toggle)
  }, [drawing, points, band, say, theme, toggle])

  const legend = useMemo((): LegendDescription | undefined => {
    if (!drawing) return undefined
    const rows = gridRows(drawing, band, noWorkers).filter((row) => row.grid.kind !== 'microgrid')
    const ground = grounds[theme]
    const free = unassignedGround(drawing)
    const hasMicrogrids = [...drawing.grids.values()].some((grid) => grid.kind === 'microgrid')
    return {
      title: say(text.layerAtoms),
      unit: band ? say(text.band, { from: band.from, to: band.to }) : say(planText.noBand),
      entries: [
        ...bandOrder.flatMap((status) => {
          const n = rows.filter((row) => row.status === status).length
          if (n === 0 && status === 'not_applicable') return []
          return [
            {
              swatch: { kind: 'fill' as const, color: bandColors[theme][status] },
              label: `${say(bandWords[status])}${bandMarks[status]}`,
              count: formatNumber(n),
            },
          ]
        }),
        ...(free.atoms > 0
          ? [
              {
                swatch: { kind: 'fill' as const, color: 'transparent' },
                label: say(text.unassignedGround),
                count: formatNumber(free.atoms),
              },
            ]
          : []),
        { swatch: { kind: 'line', color: ground.border, width: 2.5 }, label: say(text.lineVillage) },
        { swatch: { kind: 'line', color: ground.text, width: 1.6 }, label: say(text.lineGrid) },
        ...(hasMicrogrids
          ? [
              {
                swatch: { kind: 'line' as const, color: ground.grid, width: 1, dash: [4, 3] },
                label: say(text.lineMicrogrid),
              },
            ]
          : []),
        { swatch: { kind: 'line', color: ground.grid, width: 0.7 }, label: say(text.lineAtom) },
      ],
    }
  }, [drawing, band, theme, say])

  const selectionBbox = useMemo(
    () => (drawing && selection?.kind === 'grid' ? (gridBox(drawing, selection.id) ?? null) : null),
    [drawing, selection],
  )
  return useMemo(
    () =>
      plan === null
        ? null
        : {
            names,
            legends: legend ? [legend] : [],
            loading: drawing === null,
            isPreview: preview !== null,
            selectionBbox,
          },
    [plan, names, legend, drawing, preview, selectionBbox],
  )
}
