import type { Point } from './plane.ts'

const cellMetres = 60

/** Things filed by the squares their box touches, widened by a margin, for look-ups of what is near. */
export class Buckets<T> {
  private readonly cells = new Map<string, T[]>()
  private readonly marginMetres: number

  constructor(marginMetres: number) {
    this.marginMetres = marginMetres
  }
  private *keys(a: Point, b: Point): Generator<string> {
    const square = (value: number): number => Math.floor(value / cellMetres)
    const margin = this.marginMetres
    for (let i = square(Math.min(a[0], b[0]) - margin); i <= square(Math.max(a[0], b[0]) + margin); i++)
      for (let j = square(Math.min(a[1], b[1]) - margin); j <= square(Math.max(a[1], b[1]) + margin); j++)
        yield `${i},${j}`
  }
  /** Files an item under the box spanned by two points. */
  add(a: Point, b: Point, item: T): void {
    for (const key of this.keys(a, b)) {
      const cell = this.cells.get(key)
      if (cell) cell.push(item)
      else this.cells.set(key, [item])
    }
  }
  /** Everything whose widened box may touch the widened box of a and b. */
  near(a: Point, b: Point): Set<T> {
    const found = new Set<T>()
    for (const key of this.keys(a, b)) for (const item of this.cells.get(key) ?? []) found.add(item)
    return found
  }
}
