import { twin } from '../../coverage/trace-faces.ts'
import type { Fabric } from './fabric.ts'

/**
 * A cell is a face as the ground of one village, the finest ground there is. Where villages overlap a face is a cell of each, so
 * that each is whole.
 */
export interface Cells {
  readonly face: Int32Array
  readonly village: Int32Array
  /** First cell of each face; faces + 1 entries. */
  readonly first: Int32Array
  /** The site and the natural village it is part of, or -1. */
  readonly site: Int32Array
  readonly natural: Int32Array
}

/** How the owners of the fabric are numbered: villages, then sites, then natural villages. */
export interface Owners {
  readonly villages: number
  readonly sites: number
}

/** Two areas of one kind that want the same ground; the first has it. */
export interface Rivals {
  readonly first: number
  readonly other: number
  readonly areaSquareMetres: number
}

export interface Claims {
  readonly cells: Cells
  /** For each site, its area in each village it reaches into, by village; and outside all, by -1. */
  readonly siteAreas: readonly ReadonlyMap<number, number>[]
  readonly rivals: readonly Rivals[]
}

/**
 * Gives each face to its villages, and to the site and natural village that cover it, the first where several do. A site belongs
 * to the village that has most of it; elsewhere its ground is ordinary.
 */
export function claimCells(fabric: Fabric, { villages, sites }: Owners): Claims {
  const kinds = fabric.cover.map((cover) => ({
    villages: cover.filter((owner) => owner < villages),
    sites: cover.filter((owner) => owner >= villages && owner < villages + sites),
    naturals: cover.filter((owner) => owner >= villages + sites),
  }))
  const rivals = new Map<string, Rivals>()
  const siteAreas = Array.from({ length: sites }, () => new Map<number, number>())
  for (const [face, own] of kinds.entries()) {
    const area = fabric.areaSquareMetres[face]!
    for (const group of [own.sites, own.naturals])
      for (const other of group.slice(1)) {
        const key = `${group[0]} ${other}`
        const before = rivals.get(key)?.areaSquareMetres ?? 0
        rivals.set(key, { first: group[0]!, other, areaSquareMetres: before + area })
      }
    const [site] = own.sites
    if (site === undefined) continue
    const areas = siteAreas[site - villages]!
    for (const village of own.villages.length > 0 ? own.villages : [-1])
      areas.set(village, (areas.get(village) ?? 0) + area)
  }
  const homes = siteAreas.map(homeOf)
  const first = new Int32Array(kinds.length + 1)
  for (const [face, own] of kinds.entries()) first[face + 1] = first[face]! + own.villages.length
  const count = first[kinds.length]!
  const cells = {
    face: new Int32Array(count),
    village: new Int32Array(count),
    first,
    site: new Int32Array(count).fill(-1),
    natural: new Int32Array(count).fill(-1),
  }
  for (const [face, own] of kinds.entries()) {
    for (const [k, village] of own.villages.entries()) {
      const cell = first[face]! + k
      cells.face[cell] = face
      cells.village[cell] = village
      const site = own.sites.find((owner) => homes[owner - villages] === village)
      if (site !== undefined) cells.site[cell] = site - villages
      if (own.naturals[0] !== undefined) cells.natural[cell] = own.naturals[0] - villages - sites
    }
  }
  return { cells, siteAreas, rivals: [...rivals.values()] }
}

/** The village with most of the area, the first of equals; -1 when none has any. */
export function homeOf(areas: ReadonlyMap<number, number>): number {
  let home = -1
  for (const [village, area] of areas) {
    if (village === -1) continue
    const most = areas.get(home) ?? 0
    if (home === -1 || area > most || (area === most && village < home)) home = village
  }
  return home
}

/** Calls back with the cells of one village on both sides of a line; -1 where the village is not there. */
export function eachSide(
  fabric: Fabric,
  cells: Cells,
  line: number,
  visit: (left: number, right: number) => void,
): void {
  const left = fabric.faces.faceOf[2 * line]!
  const right = fabric.faces.faceOf[twin(2 * line)]!
  if (left === right) return
  let l = cells.first[left]!
  let r = cells.first[right]!
  const [lEnd, rEnd] = [cells.first[left + 1]!, cells.first[right + 1]!]
  while (l < lEnd || r < rEnd) {
    const step = l === lEnd ? 1 : r === rEnd ? -1 : cells.village[l]! - cells.village[r]!
    visit(step <= 0 ? l : -1, step >= 0 ? r : -1)
    if (step <= 0) l++
    if (step >= 0) r++
  }
}

/** Cells joined across every line that does not cut, as the lowest cell of each union. */
export function unite(fabric: Fabric, cells: Cells, cuts: Uint8Array): Int32Array {
  const parent = new Int32Array(cells.face.length).map((_, cell) => cell)
  const find = (cell: number): number => {
    let root = cell
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!
      root = parent[root]!
    }
    return root
  }
  for (let line = 0; line < cuts.length; line++)
    eachSide(fabric, cells, line, (left, right) => {
      if (left === -1 || right === -1 || cells.site[left] !== cells.site[right]) return
      // Whatever runs through a site, it is one.
      if (cuts[line] === 1 && cells.site[left] === -1) return
      const [p, q] = [find(left), find(right)]
      if (p !== q) parent[Math.max(p, q)] = Math.min(p, q)
    })
  return parent.map((_, cell) => find(cell))
}
