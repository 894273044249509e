/**
 * Fill patterns, for readers who cannot tell the colours: made here pixel by pixel, so that nothing is fetched and the legend
 * shows the very same. Named `hatch-…`; drawn over a colour.
 */
import type { Map as MapLibreMap } from 'maplibre-gl'

export const patternSize = 16

export interface Pattern {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray<ArrayBuffer>
}

type Rgba = readonly [number, number, number, number]

/** True where a pixel of the tile is ink; x, y from 0 to `patternSize` − 1. */
type Ink = (x: number, y: number) => boolean

const rising =
  (every: number, width: number): Ink =>
  (x, y) =>
    (x + y) % every < width
const falling =
  (every: number, width: number): Ink =>
  (x, y) =>
    (x - y + patternSize) % every < width

const patterns: Readonly<Record<string, { readonly ink: Ink; readonly color: Rgba }>> = {
  /** Too few households: falling lines, denser when far below. */
  'hatch-below': { ink: falling(16, 1.5), color: [60, 40, 120, 110] },
  'hatch-far-below': { ink: falling(8, 2), color: [255, 255, 255, 130] },
  /** Too many: rising lines, denser when far above. */
  'hatch-above': { ink: rising(16, 1.5), color: [130, 60, 0, 120] },
  'hatch-far-above': { ink: rising(8, 2), color: [255, 255, 255, 130] },
  /** Ground that changes hands: blue falling lines over the colour of whoever gets it. */
  'hatch-moved': { ink: falling(16, 3), color: [36, 99, 235, 200] },
  /** Overlap: red hatch both ways. */
  'hatch-overlap': {
    ink: (x, y) => rising(8, 2)(x, y) || falling(8, 2)(x, y),
    color: [215, 48, 31, 255],
  },
}

export type PatternName = keyof typeof patterns

export function patternPixels(name: string): Pattern | undefined {
  const pattern = patterns[name]
  if (pattern === undefined) return undefined
  const data = new Uint8ClampedArray(patternSize * patternSize * 4)
  for (let y = 0; y < patternSize; y++)
    for (let x = 0; x < patternSize; x++)
      if (pattern.ink(x, y)) data.set(pattern.color, (y * patternSize + x) * 4)
  return { width: patternSize, height: patternSize, data }
}

export const patternNames: readonly string[] = Object.keys(patterns)

/** Gives the map every pattern; at pixel ratio 2 the lines stay fine on dense screens. */
export function addPatterns(map: MapLibreMap): void {
  for (const name of patternNames) {
    const pixels = patternPixels(name)
    if (pixels && !map.hasImage(name)) map.addImage(name, pixels, { pixelRatio: 2 })
  }
}
