/** What lies on a map beside the land: the north arrow and the scale bar, in the corners where they hide least. */
import { contains } from './area-spots.ts'
import { type Box, boxOfRect } from './boxes.ts'
import type { Point } from './label-block.ts'
import { ink } from './map-style.ts'
import { type MapView, scaleBarMetres } from './map-view.ts'
import type { Rect } from './sheet.ts'
import { element, numeral, textAt } from './svg.ts'
import { textWidth } from './text-size.ts'

export interface Furniture {
  readonly svg: string
  readonly boxes: readonly Box[]
}

const SAMPLES = 6

/** @param subject polygons of what the map is about, on the sheet: the corners where least of it lies are taken */
export function drawFurniture(
  view: MapView,
  unit: number,
  subject: readonly (readonly (readonly Point[])[])[],
  words: { readonly scale: string; readonly north: string },
): Furniture {
  const gap = 2 * unit
  const { frame } = view
  const covered = (rect: Rect): number => {
    let n = 0
    for (let i = 0; i < SAMPLES; i++)
      for (let j = 0; j < SAMPLES; j++) {
        const x = rect.x + (rect.width * (i + 0.5)) / SAMPLES
        const y = rect.y + (rect.height * (j + 0.5)) / SAMPLES
        if (subject.some((rings) => contains(rings, x, y))) n++
      }
    return n
  }
  const corner = (width: number, height: number, isLow: boolean, taken: readonly Rect[]): Rect => {
    const y = isLow ? frame.y + frame.height - gap - height : frame.y + gap
    const left = { x: frame.x + gap, y, width, height }
    const right = { x: frame.x + frame.width - gap - width, y, width, height }
    const isTaken = (rect: Rect): boolean => taken.some((one) => one.x === rect.x && one.y === rect.y)
    return isTaken(right) || (!isTaken(left) && covered(left) < covered(right)) ? left : right
  }
  const north = corner(9 * unit, 13 * unit, false, [])
  const metres = scaleBarMetres(view.denominator, Math.min(60 * unit, frame.width / 4))
  const bar = (metres * 1000) / view.denominator
  const title = `${words.scale} 1:${view.denominator.toLocaleString('en-US')}`
  const size = 2.9 * unit
  const wide = Math.max(bar + 14 * unit, textWidth(title, size) + 4 * unit)
  const scale = corner(wide, 12.5 * unit, true, [])
  return {
    svg: drawNorth(north, unit, words.north) + drawScale(scale, unit, bar, metres, title),
    boxes: [boxOfRect(north), boxOfRect(scale)],
  }
}

const backing = ({ x, y, width, height }: Rect, unit: number): string =>
  element('rect', { x, y, width, height, rx: unit, fill: '#FFFFFF', 'fill-opacity': 0.88 })

function drawNorth(rect: Rect, unit: number, north: string): string {
  const x = rect.x + rect.width / 2
  const [top, foot, half] = [rect.y + 4.6 * unit, rect.y + 12 * unit, 2.4 * unit]
  const needle = (to: number): string =>
    `M${numeral(x)} ${numeral(top)}L${numeral(x + to)} ${numeral(foot)}L${numeral(x)} ${numeral(foot - 1.6 * unit)}Z`
  return element(
    'g',
    { 'data-layer': 'north' },
    backing(rect, unit) +
      textAt(north, x, rect.y + 2.6 * unit, {
        size: 3.2 * unit,
        fill: ink,
        weight: 'bold',
        anchor: 'middle',
      }) +
      element('path', { d: needle(half), fill: ink }) +
      element('path', {
        d: needle(-half),
        fill: '#FFFFFF',
        stroke: ink,
        'stroke-width': 0.25 * unit,
      }),
  )
}

/** A bar of four fields, dark and light in turn. */
function drawScale(rect: Rect, unit: number, bar: number, metres: number, title: string): string {
  const x = rect.x + (rect.width - bar) / 2
  const y = rect.y + 6.2 * unit
  const field = bar / 4
  const tick = (share: number): string => {
    const value = metres * share
    const isKilometres = metres >= 2000
    const text = `${isKilometres ? value / 1000 : value}${share === 1 ? (isKilometres ? ' km' : ' m') : ''}`
    return textAt(text, x + bar * share, y + 4 * unit, { size: 2.4 * unit, fill: ink, anchor: 'middle' })
  }
  return element(
    'g',
    { 'data-layer': 'scale' },
    backing(rect, unit) +
      textAt(title, rect.x + rect.width / 2, rect.y + 3 * unit, {
        size: 2.9 * unit,
        fill: ink,
        anchor: 'middle',
      }) +
      [0, 1, 2, 3]
        .map((i) =>
          element('rect', {
            x: x + field * i,
            y,
            width: field,
            height: 1.5 * unit,
            fill: i % 2 === 0 ? ink : '#FFFFFF',
            stroke: ink,
            'stroke-width': 0.2 * unit,
          }),
        )
        .join('') +
      tick(0) +
      tick(0.5) +
      tick(1),
  )
}
