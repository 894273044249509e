/** The legend: only what the map shows, and what it could not name. */

import type { GroundInput } from './draw-ground.ts'
import type { DrawnMap } from './draw-map.ts'
import { drawSymbol } from './draw-map.ts'
import { type Block, paragraph, space } from './flow.ts'
import { accent, ground as colors, ink, mapSymbols, roadStyle, secondInk } from './map-style.ts'
import { element, numeral, textAt } from './svg.ts'
import { textWidth } from './text-size.ts'
import { type Language, say, words } from './words.ts'

interface Entry {
  readonly name: string
  /** Drawn in a box 7 wide and 4 high, in units of the sheet, its middle at the point given. */
  draw(x: number, y: number): string
}

/** Entries in two columns, then a line that says what is missing. */
export function legendBlocks(
  input: GroundInput,
  drawn: DrawnMap,
  language: Language,
  width: number,
  size: number,
): Block[] {
  const entries = entriesOf(input, drawn, language)
  const step = size * 1.7
  const swatch = 7 * input.unit
  const widest = Math.max(...entries.map((entry) => textWidth(entry.name, size)))
  const columns = swatch + widest + size * 1.6 <= width / 2 ? 2 : 1
  const rows: Block[] = []
  for (let i = 0; i < entries.length; i += columns)
    rows.push({
      height: step,
      draw: (x, y) =>
        entries
          .slice(i, i + columns)
          .map((entry, k) => {
            const left = x + (k * width) / columns
            return (
              entry.draw(left + swatch / 2, y + step / 2) +
              textAt(entry.name, left + swatch + size * 0.6, y + step / 2, { size, fill: ink })
            )
          })
          .join(''),
    })
  const missing = missingText(drawn, language)
  return missing === ''
    ? rows
    : [...rows, space(size * 0.4), paragraph(missing, width, { size: size * 0.85, fill: secondInk })]
}

/** What was left out, counted; empty when nothing was. */
export function missingText({ leftOut }: DrawnMap, language: Language): string {
  const list = [
    leftOut.grids > 0 ? say(language, words.leftOutGrids, { n: leftOut.grids }) : '',
    leftOut.places > 0 ? say(language, words.leftOutPlaces, { n: leftOut.places }) : '',
    leftOut.streets > 0 ? say(language, words.leftOutStreets, { n: leftOut.streets }) : '',
    leftOut.villages > 0 ? say(language, words.leftOutVillages, { n: leftOut.villages }) : '',
  ].filter((part) => part !== '')
  return list.length === 0
    ? ''
    : say(language, words.leftOut, { list: list.join(language === 'zh' ? '、' : ', ') })
}

function entriesOf(
  { unit, ground, grids, outlineStyle }: GroundInput,
  { symbols }: DrawnMap,
  language: Language,
): Entry[] {
  const half = 3.2 * unit
  const line = (stroke: string, width: number, dash?: readonly number[]) => (x: number, y: number) =>
    element('line', {
      x1: x - half,
      y1: y,
      x2: x + half,
      y2: y,
      stroke,
      'stroke-width': width * unit,
      'stroke-dasharray': dash?.map((mm) => numeral(mm * unit)).join(' '),
    })
  const patch = (fill: string, stroke: string) => (x: number, y: number) =>
    element('rect', {
      x: x - half,
      y: y - 1.3 * unit,
      width: 2 * half,
      height: 2.6 * unit,
      fill,
      stroke,
      'stroke-width': 0.15 * unit,
    })
  const roads = ground.roads.map((road) => roadStyle(road.class))
  const has = (kind: 'water' | 'green'): boolean => ground.land.some((one) => one.kind === kind)
  const entry = (isShown: boolean, name: { zh: string; en: string }, draw: Entry['draw']): Entry[] =>
    isShown ? [{ name: name[language], draw }] : []
  return [
    ...mapSymbols.flatMap((symbol) =>
      entry(symbols.has(symbol.kind), symbol.name, (x, y) => drawSymbol({ x, y, symbol }, unit)),
    ),
    ...entry(ground.buildings.length > 0, words.houses, patch(colors.building, colors.buildingLine)),
    ...entry(ground.buildings.length === 0 && ground.households.length > 0, words.householdDots, (x, y) =>
      element('rect', {
        x: x - 0.45 * unit,
        y: y - 0.45 * unit,
        width: 0.9 * unit,
        height: 0.9 * unit,
        fill: colors.building,
        stroke: colors.buildingLine,
        'stroke-width': 0.12 * unit,
      }),
    ),
    ...entry(
      roads.some((style) => style.width > 0),
      words.road,
      (x, y) => line(colors.casing, 1.9)(x, y) + line(colors.road, 1.3)(x, y),
    ),
    ...entry(
      roads.some((style) => style.width === 0 && !style.isRail),
      words.path,
      line(colors.path, 0.3, [0.9, 0.6]),
    ),
    ...entry(
      roads.some((style) => style.isRail),
      words.rail,
      line(colors.rail, 0.6, [0.9, 0.6]),
    ),
    ...entry(has('water'), words.water, patch(colors.water, colors.waterLine)),
    ...entry(has('green'), words.green, patch(colors.green, '#CBD8BE')),
    ...entry(outlineStyle === 'grid', words.ownBorder, line(accent, 0.9)),
    ...entry(true, words.gridBorder, line(colors.grid, 0.4)),
    ...entry(
      grids.some((grid) => grid.kind === 'microgrid'),
      words.microgridBorder,
      line(colors.grid, 0.3, [1.2, 0.8]),
    ),
    ...entry(
      outlineStyle === 'village' || ground.villages.length > 0,
      words.villageBorder,
      line(colors.border, 0.7, [3, 1, 0.6, 1]),
    ),
  ]
}
