import type { Position } from 'geojson'
import { signedRingAreaSquareMetres } from '../geometry/area-square-metres.ts'
import type { PolygonFlaw } from '../geometry/polygon-flaw.ts'
import { polygonFlaws } from '../geometry/polygon-flaws.ts'
import { widthOf } from './regions.ts'
import type { DivisionGrid, Finding } from './report.ts'
import { polygonsOf } from './ring-table.ts'

/** One `invalid_geometry` for each grid that is not valid; `broken` are their indices. */
export function judgeValidity(grids: readonly DivisionGrid[]): { findings: Finding[]; broken: Set<number> } {
  const findings: Finding[] = []
  const broken = new Set<number>()
  for (const [i, grid] of grids.entries()) {
    const flaws = polygonFlaws(grid.geometry)
    if (flaws.length === 0) continue
    broken.add(i)
    findings.push({
      code: 'invalid_geometry',
      grids: [grid.code],
      areaSquareMetres: null,
      widthMetres: null,
      lengthMetres: null,
      geometry: flawPlaces(flaws),
      flaws,
      owners: [i],
      concerns: [i],
    })
  }
  return { findings, broken }
}

function flawPlaces(flaws: readonly PolygonFlaw[]): Finding['geometry'] {
  const coordinates = flaws
    .map((flaw): Position => [flaw.longitude, flaw.latitude])
    .filter((p) => p.every(Number.isFinite))
  return coordinates.length > 0 ? { type: 'MultiPoint', coordinates } : null
}

/** `code_malformed` and `code_repeated`, for declared codes only. */
export function judgeCodes(grids: readonly DivisionGrid[], pattern: RegExp | undefined): Finding[] {
  const byCode = new Map<string, number[]>()
  for (const [i, grid] of grids.entries()) {
    if (!grid.codeDeclared) continue
    const same = byCode.get(grid.code)
    if (same) same.push(i)
    else byCode.set(grid.code, [i])
  }
  const findings: Finding[] = []
  for (const [code, same] of byCode) {
    const common = {
      grids: [code],
      areaSquareMetres: null,
      widthMetres: null,
      lengthMetres: null,
      geometry: firstPositions(same.map((i) => grids[i]!)),
      owners: same,
    }
    if (isMalformed(code, pattern)) findings.push({ ...common, code: 'code_malformed' })
    if (same.length > 1 && code.trim() !== '')
      findings.push({ ...common, code: 'code_repeated', detail: { times: same.length } })
  }
  return findings
}

/** Empty, with blanks or control characters in it, or not of the pattern. */
const isMalformed = (code: string, pattern: RegExp | undefined): boolean =>
  code === '' || /[\s\p{C}]/u.test(code) || (pattern !== undefined && !new RegExp(pattern, '').test(code))

function firstPositions(grids: readonly DivisionGrid[]): Finding['geometry'] {
  const coordinates = grids
    .map((grid) => polygonsOf(grid.geometry)[0]?.[0]?.[0])
    .filter((p): p is Position => p !== undefined && p.every(Number.isFinite))
    .map((p) => p.slice(0, 2))
  return coordinates.length > 0 ? { type: 'MultiPoint', coordinates } : null
}

/**
 * A `sliver` for every part narrower than the width, a leftover of drawing rather than ground to walk.
 * Area over outline never exceeds the radius of the largest circle by more than a part's holes add, so only thin parts are measured.
 */
export function judgeSlivers(
  grids: readonly DivisionGrid[],
  broken: ReadonlySet<number>,
  sliverWidthMetres: number,
): Finding[] {
  const findings: Finding[] = []
  for (const [i, grid] of grids.entries()) {
    if (broken.has(i)) continue
    for (const rings of polygonsOf(grid.geometry)) {
      const area = partArea(rings)
      if (area <= 0 || (2 * area) / outlineMetres(rings) > 2 * sliverWidthMetres) continue
      const widthMetres = widthOf([rings as Position[][]])
      if (widthMetres >= sliverWidthMetres) continue
      findings.push({
        code: 'sliver',
        grids: [grid.code],
        areaSquareMetres: area,
        widthMetres,
        lengthMetres: outlineMetres(rings) / 2,
        geometry: { type: 'Polygon', coordinates: rings as Position[][] },
        ground: { type: 'MultiPolygon', coordinates: [rings as Position[][]] },
        concerns: [i],
      })
    }
  }
  return findings
}

export const partArea = (rings: readonly (readonly Position[])[]): number =>
  rings.reduce((sum, ring, i) => sum + (i === 0 ? 1 : -1) * Math.abs(signedRingAreaSquareMetres(ring)), 0)

/** Rough on purpose: only decides what is measured. */
function outlineMetres(rings: readonly (readonly Position[])[]): number {
  const cosine = Math.cos(((rings[0]?.[0]?.[1] ?? 0) * Math.PI) / 180)
  let degrees = 0
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++)
      degrees += Math.hypot((ring[i]![0]! - ring[i - 1]![0]!) * cosine, ring[i]![1]! - ring[i - 1]![1]!)
  return degrees * 111_200
}
