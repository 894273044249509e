/** The two small maps of a report, before and after: at one scale, a grid in one colour on both, numbered as in its tables. */
import { largestInscribedCircle } from '../../core/geometry/inscribed-circle.ts'
import { type Box, boxesOverlap } from '../../core/posters/boxes.ts'
import { drawFurniture } from '../../core/posters/furniture.ts'
import { ground, ink } from '../../core/posters/map-style.ts'
import {
  boundsOf,
  fitMap,
  type MapView,
  neededDenominator,
  ringsOnSheet,
} from '../../core/posters/map-view.ts'
import { element, numeral, pathOf, textAt } from '../../core/posters/svg.ts'
import { textWidth } from '../../core/posters/text-size.ts'
import { tintsOf } from '../../core/posters/tints.ts'
import { words } from '../../core/posters/words.ts'
import type { AreaGeometry } from '../../core/values.ts'

export interface MappedGrid {
  readonly code: string
  readonly geometry: AreaGeometry
}

export interface ComparisonMapsInput {
  readonly before: readonly MappedGrid[]
  readonly after: readonly MappedGrid[]
  /** Of the ground that both divide. */
  readonly outline: AreaGeometry
  /** Households that move. */
  readonly moved: readonly { readonly longitude: number; readonly latitude: number }[]
  /** The numbers of the grids that change, by code; the others stay pale. */
  readonly numbers: ReadonlyMap<string, number>
}

/** Millimetres; two maps and their gap are as wide as A4 within the margins of the page. */
const WIDTH = 86
const [LOWEST, HIGHEST] = [50, 68]
/** Lengths of the design on A3 at this size. */
const UNIT = 0.8
const LABEL = 2.8

/** Two SVG elements in millimetres. They show the grids that change, or all ground where none does. */
export function comparisonMaps(input: ComparisonMapsInput): { before: string; after: string } {
  const { before, after, outline, numbers } = input
  const changing = [...before, ...after].filter(({ code }) => numbers.has(code))
  const bounds = boundsOf(changing.length > 0 ? changing.map(({ geometry }) => geometry) : [outline])
  const square = { x: 0, y: 0, width: WIDTH, height: WIDTH }
  const tall = neededDenominator(bounds, { ...square, height: 1e9 }, 4)
  const wide = neededDenominator(bounds, { ...square, width: 1e9 }, 4)
  const height = Math.min(HIGHEST, Math.max(LOWEST, Math.round((WIDTH * wide) / tall)))
  const view = fitMap(bounds, { ...square, height }, 4)
  const tints = tintsByCode(changing)
  return {
    before: drawMap(input, before, { view, tints, id: 'map-before' }),
    after: drawMap(input, after, { view, tints, id: 'map-after' }),
  }
}

interface Drawn {
  readonly view: MapView
  readonly tints: ReadonlyMap<string, string>
  readonly id: string
}

function drawMap(
  { outline, moved, numbers }: ComparisonMapsInput,
  grids: readonly MappedGrid[],
  { view, tints, id }: Drawn,
): string {
  const { frame, project } = view
  const rings = (geometry: AreaGeometry) =>
    pathOf(geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat(), project, true)
  const areas = grids.map(({ code, geometry }) =>
    element('path', {
      d: rings(geometry),
      fill: tints.get(code) ?? ground.land,
      'fill-rule': 'evenodd',
      stroke: ground.grid,
      'stroke-width': 0.25,
      'stroke-linejoin': 'round',
    }),
  )
  const dots = moved.map(({ longitude, latitude }) => {
    const [cx, cy] = project(longitude, latitude)
    return element('circle', { cx, cy, r: 0.45, fill: ink })
  })
  const furniture = drawFurniture(view, UNIT, ringsOnSheet(outline, project), {
    scale: words.scale.zh,
    north: words.north.zh,
  })
  const { width, height } = frame
  const border = { d: rings(outline), fill: 'none', stroke: ground.border, 'stroke-width': 0.6 }
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: `${width}mm`,
      height: `${height}mm`,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
    },
    element('clipPath', { id }, element('rect', { width, height })) +
      element(
        'g',
        { 'clip-path': `url(#${id})` },
        areas.join('') +
          element('path', border) +
          element('g', { 'data-layer': 'moved' }, dots.join('')) +
          element('g', { 'data-layer': 'numbers' }, drawNumbers(grids, numbers, view, furniture.boxes)),
      ) +
      furniture.svg +
      element('rect', {
        x: 0.2,
        y: 0.2,
        width: width - 0.4,
        height: height - 0.4,
        fill: 'none',
        stroke: ink,
        'stroke-width': 0.4,
      }),
  )
}

/** Each number in the roomiest place of its grid; one that would lie on a larger grid's is left out. */
function drawNumbers(
  grids: readonly MappedGrid[],
  numbers: ReadonlyMap<string, number>,
  { project }: MapView,
  obstacles: readonly Box[],
): string {
  const taken = [...obstacles]
  return grids
    .flatMap(({ code, geometry }) => {
      const number = numbers.get(code)
      if (number === undefined) return []
      const [roomiest] = ringsOnSheet(geometry, project)
        .map(largestInscribedCircle)
        .toSorted((p, q) => q.radius - p.radius)
      return roomiest ? [{ text: String(number), number, ...roomiest }] : []
    })
    .toSorted((p, q) => q.radius - p.radius || p.number - q.number)
    .map(({ text, x, y }) => {
      const width = Math.max(LABEL, textWidth(text, LABEL)) + 1.2
      const box = { x, y, width, height: LABEL + 1.2, angle: 0 }
      if (taken.some((other) => boxesOverlap(box, other))) return ''
      taken.push(box)
      return (
        element('rect', {
          x: x - width / 2,
          y: y - box.height / 2,
          width,
          height: box.height,
          rx: numeral(box.height / 2),
          fill: '#FFFFFF',
          stroke: ground.grid,
          'stroke-width': 0.2,
        }) + textAt(text, x, y, { size: LABEL, fill: ink, weight: 'bold', anchor: 'middle' })
      )
    })
    .join('')
}

/** One tint a code: neighbours in either division have different ones. */
function tintsByCode(grids: readonly MappedGrid[]): Map<string, string> {
  const ofCode = new Map<string, AreaGeometry>()
  for (const { code, geometry } of grids) {
    const parts = [...partsOf(ofCode.get(code)), ...partsOf(geometry)]
    ofCode.set(code, { type: 'MultiPolygon', coordinates: parts })
  }
  const merged = [...ofCode].map(([code, geometry]) => ({ code, geometry }))
  const tints = tintsOf(merged)
  return new Map(merged.map(({ code }, i) => [code, tints[i]!]))
}

const partsOf = (geometry: AreaGeometry | undefined) =>
  geometry === undefined ? [] : geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
