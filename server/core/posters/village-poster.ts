/** The village's grid map (网格图), A3 to A0: the map, the grids with their four bounds, the legend. */

import { barriersOfRoads, barriersOfWater } from '../planning/barrier-rank.ts'
import { type FourBoundsInput, fourBounds, type NamedGround } from '../planning/four-bounds.ts'
import type { AreaGeometry, GridKind } from '../values.ts'
import type { GroundInput } from './draw-ground.ts'
import { drawMap } from './draw-map.ts'
import { type Block, firstThatFits, leftAndRight, paragraph, space, withMark } from './flow.ts'
import { legendBlocks } from './legend.ts'
import type { PosterGround } from './map-input.ts'
import { hairline, ink, secondInk } from './map-style.ts'
import { boundsOf, fitMap, type MapView, neededDenominator } from './map-view.ts'
import { inset, type PaperSize, type Rect, type Sheet, sheetOf } from './sheet.ts'
import { element, textAt } from './svg.ts'
import { textWidth } from './text-size.ts'
import { tintsOf } from './tints.ts'
import { dayText, type Language, say, words } from './words.ts'

export interface PosterGrid {
  readonly code: string
  readonly name: string | null
  readonly kind: GridKind
  readonly geometry: AreaGeometry
  readonly households: number
  readonly persons: number
}

export interface VillagePosterInput {
  readonly village: string
  /** Names of the areas above, the highest first. */
  readonly above: readonly string[]
  readonly outline: AreaGeometry
  readonly grids: readonly PosterGrid[]
  readonly day: string
  readonly made: string
  readonly language: Language
}

export interface PosterLayout {
  readonly sheet: Sheet
  readonly view: MapView
  readonly panel: readonly Rect[]
}

/** Sheet, map and panel for a village: lying or standing, whichever shows it larger. Ask for the ground of `view.bounds`. */
export function villageLayout(outline: AreaGeometry, size: PaperSize): PosterLayout {
  const bounds = boundsOf([outline])
  const margin = 8
  const layouts = (['landscape', 'portrait'] as const).map((orientation) => {
    const sheet = sheetOf(size, orientation)
    const { unit } = sheet
    const page = inset({ x: 0, y: 0, width: sheet.width, height: sheet.height }, 10 * unit)
    const [title, gap, foot] = [17 * unit, 5 * unit, 5 * unit]
    const body = { ...page, y: page.y + title, height: page.height - title - foot }
    const [frame, panel] = orientation === 'landscape' ? besides(body, gap) : below(body, gap)
    // Before rounding: else a sheet lies on one paper and stands on another.
    return { sheet, frame, panel, needed: neededDenominator(bounds, frame, margin * unit) }
  })
  const best = layouts.reduce((p, q) => (q.needed < p.needed ? q : p))
  const { sheet, frame, panel } = best
  return { sheet, panel, view: fitMap(bounds, frame, margin * sheet.unit) }
}

function besides(body: Rect, gap: number): [Rect, Rect[]] {
  const width = body.width * 0.26
  const frame = { ...body, width: body.width - width - gap }
  return [frame, [{ ...body, x: body.x + body.width - width, width }]]
}

function below(body: Rect, gap: number): [Rect, Rect[]] {
  const height = body.height * 0.28
  const frame = { ...body, height: body.height - height - gap }
  const width = (body.width - 2 * gap) / 3
  const columns = [0, 1, 2].map((i) => ({
    x: body.x + i * (width + gap),
    y: body.y + body.height - height,
    width,
    height,
  }))
  return [frame, columns]
}

/** The poster as SVG in millimetres. */
export function villagePoster(input: VillagePosterInput, ground: PosterGround, layout: PosterLayout): string {
  const { sheet, view, panel } = layout
  const { language, village } = input
  const { unit } = sheet
  const colors = tintsOf(input.grids)
  const grids = input.grids.map((grid, i) => ({
    code: grid.code,
    kind: grid.kind,
    geometry: grid.geometry,
    tint: grid.kind === 'microgrid' ? null : colors[i]!,
    lines:
      grid.kind === 'microgrid'
        ? [shortName(grid, village)]
        : [shortName(grid, village), say(language, words.householdsN, { n: grid.households })],
  }))
  const map: GroundInput = { view, unit, ground, grids, outline: input.outline, outlineStyle: 'village' }
  const drawn = drawMap(map, { scale: words.scale[language], north: words.north[language] })
  const listed = input.grids.flatMap((grid, i) =>
    grid.kind === 'microgrid' ? [] : [{ grid, tint: colors[i]!, bounds: boundsOfGrid(grid, input, ground) }],
  )
  const own = fourBounds({
    ...linesOf(ground),
    geometry: input.outline,
    neighbours: ground.villages,
    limit: words.townLimit,
  })
  const width = panel[0]!.width
  const blocks = (size: number, shown: number, withBounds: boolean): Block[] => [
    heading(words.fourBounds[language], size, width),
    paragraph(own.text[language], width, { size, fill: ink }),
    space(size * 0.9),
    heading(words.theGrids[language], size, width),
    ...listed.slice(0, shown).flatMap((row) => gridBlocks(row, input, size, width, withBounds)),
    ...(shown < listed.length
      ? [note(say(language, words.moreGrids, { n: listed.length - shown }), size, width)]
      : []),
    ...(withBounds ? [] : [note(words.boundsOnNotices[language], size, width)]),
    space(size * 0.6),
    heading(words.legend[language], size, width),
    ...legendBlocks(map, drawn, language, width, size),
  ]
  /** Smaller and smaller type, then without bounds, then fewer grids. */
  function* settings(): Generator<Block[]> {
    for (const size of [5.2, 4.8, 4.4, 4, 3.6, 3.3, 3, 2.75, 2.5])
      yield blocks(size * unit, listed.length, true)
    for (const size of [3, 2.5, 2.2]) yield blocks(size * unit, listed.length, false)
    for (let shown = listed.length - 1; shown >= 0; shown--) yield blocks(2.2 * unit, shown, false)
  }
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: `${sheet.width}mm`,
      height: `${sheet.height}mm`,
      viewBox: `0 0 ${sheet.width} ${sheet.height}`,
    },
    [drawTitle(input, sheet), drawn.svg, firstThatFits(settings(), panel) ?? '', drawFoot(input, sheet)].join(
      '',
    ),
  )
}

/** 漱石社区第一网格 is 第一网格 on the map of 漱石社区; 漱石社区网格 stays what it is. */
export function shortName({ name, code }: { name: string | null; code: string }, village: string): string {
  if (name === null || name === '') return code
  return name.startsWith(village) && name.length > village.length + 2 ? name.slice(village.length) : name
}

const linesOf = (ground: PosterGround): Pick<FourBoundsInput, 'lines'> => ({
  lines: [
    ...barriersOfRoads(ground.roads),
    ...barriersOfWater(
      ground.land
        .filter((one) => one.kind === 'water')
        .map(({ id, name, geometry }) => ({ id, name, boundary: geometry })),
    ),
  ],
})

/** In words, where the grids and villages around are named as the map names them. */
export function boundsOfGrid(
  grid: PosterGrid,
  { grids, village, language }: Pick<VillagePosterInput, 'grids' | 'village' | 'language'>,
  ground: PosterGround,
): string {
  const beside: NamedGround[] = grids
    .filter((one) => one.code !== grid.code && one.kind !== 'microgrid')
    .map((one) => ({ name: shortName(one, village), geometry: one.geometry }))
  return fourBounds({
    ...linesOf(ground),
    geometry: grid.geometry,
    neighbours: [...beside, ...ground.villages],
    limit: words.villageLimit,
  }).text[language]
}

function gridBlocks(
  { grid, tint, bounds }: { grid: PosterGrid; tint: string; bounds: string },
  { village, language }: VillagePosterInput,
  size: number,
  width: number,
  withBounds: boolean,
): Block[] {
  const indent = size * 1.5
  const row = leftAndRight(
    shortName(grid, village),
    say(language, words.householdsN, { n: grid.households }),
    width - indent,
    { size, fill: ink, weight: 'bold' },
    { size: size * 0.9, fill: ink },
  )
  const marked = withMark(row, indent, (x, y) =>
    element('rect', {
      x,
      y: y + size * 0.22,
      width: size,
      height: size,
      fill: tint,
      stroke: secondInk,
      'stroke-width': size * 0.05,
    }),
  )
  const kind = grid.kind === 'dedicated' ? ` · ${words.dedicated[language]}` : ''
  const code = paragraph(`${grid.code}${kind}`, width - indent, { size: size * 0.76, fill: secondInk })
  const inWords = withBounds ? [paragraph(bounds, width - indent, { size: size * 0.84, fill: ink })] : []
  return [
    { ...marked, isHeading: true },
    { ...withMark(code, indent, () => ''), isHeading: withBounds },
    ...inWords.map((block) => withMark(block, indent, () => '')),
    space(size * 0.45),
  ]
}

const note = (text: string, size: number, width: number): Block =>
  paragraph(text, width, { size: size * 0.84, fill: secondInk })

export function heading(text: string, size: number, width: number): Block {
  const large = size * 1.15
  return {
    height: large * 2,
    isHeading: true,
    draw: (x, y) =>
      textAt(text, x, y + large * 0.75, { size: large, fill: ink, weight: 'bold' }) +
      element('line', {
        x1: x,
        y1: y + large * 1.6,
        x2: x + width,
        y2: y + large * 1.6,
        stroke: hairline,
        'stroke-width': size * 0.1,
      }),
  }
}

function drawTitle({ village, above, grids, language }: VillagePosterInput, { unit, width }: Sheet): string {
  const large = grids.filter((grid) => grid.kind !== 'microgrid')
  const sum = (of: 'households' | 'persons'): number => large.reduce((total, grid) => total + grid[of], 0)
  const summary = say(language, words.summary, {
    grids: large.length,
    households: sum('households'),
    persons: sum('persons'),
  })
  const place = [...above, village].join(language === 'zh' ? '' : ' ')
  const title = say(language, words.villageTitle, { village: place })
  const y = 16.5 * unit
  const small = 4.4 * unit
  const room = width - 24 * unit - textWidth(summary, small)
  const size = Math.min(9 * unit, room / textWidth(title, 1))
  return (
    textAt(title, 10 * unit, y, { size, fill: ink, weight: 'bold' }) +
    textAt(summary, width - 10 * unit, y + 1.6 * unit, { size: small, fill: ink, anchor: 'end' })
  )
}

function drawFoot({ day, made, language }: VillagePosterInput, { unit, width, height }: Sheet): string {
  const style = { size: 2.6 * unit, fill: secondInk }
  const y = height - 10 * unit - 0.6 * unit
  return (
    textAt(say(language, words.inForce, { day: dayText(language, day) }), 10 * unit, y, style) +
    textAt(say(language, words.made, { day: dayText(language, made) }), width - 10 * unit, y, {
      ...style,
      anchor: 'end',
    })
  )
}
