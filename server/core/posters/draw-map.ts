/** A printed map: the ground, the places, and every name that found room. */

import { type Box, boxesOverlap } from './boxes.ts'
import { drawGround, type GroundInput } from './draw-ground.ts'
import { drawFurniture } from './furniture.ts'
import { type LabelSpot, LINE_HEIGHT, lesserSize } from './label-block.ts'
import type { LeftOut } from './map-input.ts'
import { labelsOf, type MapLabel, placesOnSheet, type ShownPlace, SYMBOL_RADIUS } from './map-labels.ts'
import { ground as colors, ink, type SymbolKind } from './map-style.ts'
import { ringsOnSheet } from './map-view.ts'
import { placeLabels } from './place-labels.ts'
import { element, numeral, textAt } from './svg.ts'

export interface DrawnMap {
  readonly svg: string
  readonly leftOut: LeftOut
  /** Symbols that occur, for the legend. */
  readonly symbols: ReadonlySet<SymbolKind>
  /** What each label, symbol and piece of furniture takes up; those of one do not overlap those of another. */
  readonly boxes: readonly (readonly Box[])[]
}

export interface MapWords {
  readonly scale: string
  readonly north: string
}

/** @param clipId unlike any other id of the page */
export function drawMap(input: GroundInput, words: MapWords, clipId = 'map-frame'): DrawnMap {
  const { view, unit, outline } = input
  const { frame } = view
  const subject = ringsOnSheet(outline, view.project)
  const furniture = drawFurniture(view, unit, subject, words)
  const { shown, hidden } = spreadSymbols(placesOnSheet(input, subject), unit, furniture.boxes)
  const symbolBoxes = shown.map((place) => symbolBox(place, unit))
  const obstacles = [...furniture.boxes, ...symbolBoxes]
  const { placed, leftOut } = placeLabels<LabelSpot, MapLabel>(
    labelsOf(input, subject, shown),
    frame,
    obstacles,
  )
  const count = (kind: keyof LeftOut): number => leftOut.filter((label) => label.kind === kind).length
  const { x, y, width, height } = frame
  return {
    svg: [
      element('clipPath', { id: clipId }, element('rect', { x, y, width, height })),
      element('g', { 'clip-path': `url(#${clipId})` }, drawGround(input)),
      element('g', { 'data-layer': 'symbols' }, shown.map((place) => drawSymbol(place, unit)).join('')),
      element(
        'g',
        { 'data-layer': 'labels' },
        placed.map(({ request, spot }) => drawLabel(request, spot)).join(''),
      ),
      furniture.svg,
      element('rect', { x, y, width, height, fill: 'none', stroke: ink, 'stroke-width': 0.5 * unit }),
    ].join(''),
    leftOut: {
      streets: count('streets'),
      places: count('places') + hidden,
      villages: count('villages'),
      grids: count('grids'),
    },
    symbols: new Set(shown.map((place) => place.symbol.kind)),
    boxes: [...obstacles.map((box) => [box]), ...placed.map(({ spot }) => spot.boxes)],
  }
}

/** Symbols stand where the place is or not at all: one that would lie on a more important one is left out. */
function spreadSymbols(
  places: readonly ShownPlace[],
  unit: number,
  furniture: readonly Box[],
): { shown: ShownPlace[]; hidden: number } {
  const taken = [...furniture]
  const shown = places.filter((place) => {
    const box = symbolBox(place, unit)
    if (taken.some((other) => boxesOverlap(box, other))) return false
    taken.push(box)
    return true
  })
  return { shown, hidden: places.length - shown.length }
}

const symbolBox = ({ x, y }: ShownPlace, unit: number): Box => {
  const side = 2 * SYMBOL_RADIUS * unit
  return { x, y, width: side, height: side, angle: 0 }
}

/** The disc with its glyph, also for the legend. */
export const drawSymbol = ({ x, y, symbol }: Pick<ShownPlace, 'x' | 'y' | 'symbol'>, unit: number): string =>
  element(
    'g',
    { transform: `translate(${numeral(x)} ${numeral(y)}) scale(${((SYMBOL_RADIUS * unit) / 5).toFixed(4)})` },
    element('circle', { r: 4.7, fill: symbol.color, stroke: '#FFFFFF', 'stroke-width': 0.6 }) +
      element('path', { d: symbol.glyph, fill: '#FFFFFF', transform: 'scale(.86)' }),
  )

function drawLabel({ lines, fill, isBold }: MapLabel, spot: LabelSpot): string {
  const light = { fill, anchor: 'middle', halo: colors.halo } as const
  const style = isBold ? ({ ...light, weight: 'bold' } as const) : light
  const { x, y, angle, size, isColumn, leader } = spot
  if (isColumn)
    return textAt(
      lines[0] ?? '',
      x,
      y - size * 0.37,
      { ...style, size },
      {
        'writing-mode': 'vertical-rl',
        'dominant-baseline': 'central',
        transform: turned(angle, x, y),
      },
    )
  if (angle !== 0) return textAt(lines[0] ?? '', x, y, { ...style, size }, { transform: turned(angle, x, y) })
  const sizes = lines.map((_, i) => (i === 0 ? size : lesserSize(size)))
  let top = y - (sizes.reduce((sum, one) => sum + one, 0) * LINE_HEIGHT) / 2
  const texts = lines.map((line, i) => {
    const middle = top + (sizes[i]! * LINE_HEIGHT) / 2
    top += sizes[i]! * LINE_HEIGHT
    return textAt(line, x, middle, { ...(i === 0 ? style : light), size: sizes[i]! })
  })
  return (leader ? drawLeader(leader, size) : '') + texts.join('')
}

const turned = (angle: number, x: number, y: number): string =>
  `rotate(${numeral((angle * 180) / Math.PI)} ${numeral(x)} ${numeral(y)})`

const drawLeader = ([[x1, y1], [x2, y2]]: NonNullable<LabelSpot['leader']>, size: number): string =>
  element('line', { x1, y1, x2, y2, stroke: ink, 'stroke-width': size * 0.07 }) +
  element('circle', { cx: x1, cy: y1, r: size * 0.14, fill: ink })
