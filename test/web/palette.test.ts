/** The scales of the map: what is least recedes into the ground of its theme, and neighbours are told apart by everybody. */
import { describe, expect, it } from 'vitest'
import { grounds } from '../../web/map/ground.ts'
import {
  bandColors,
  changeColors,
  contrast,
  densityColors,
  inkOn,
  luminance,
  significanceColors,
} from '../../web/map/palette.ts'
import { antdTheme } from '../../web/theme.ts'

type Rgb = readonly [number, number, number]

/** As `fillOpacity` lays them over the land. */
const opacity = 0.72

/** Full severity, in linear light: Machado, Oliveira and Fernandes 2009, table 1 (10.1109/TVCG.2009.113). */
const eyes: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const linear = (share: number): number =>
  share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4

const part = (color: string, at: number): number => Number.parseInt(color.slice(at, at + 2), 16) / 255

/** Linear light of a colour laid over the land of a theme. */
function laid(color: string, land: string): Rgb {
  const [red, green, blue] = [1, 3, 5].map((at) =>
    linear(opacity * part(color, at) + (1 - opacity) * part(land, at)),
  )
  return [red!, green!, blue!]
}

/** CIE L*a*b* under D65, of linear sRGB: CIE 15:2004. */
function lab([red, green, blue]: Rgb): Rgb {
  const root = (t: number): number => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29)
  const x = root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
  const y = root(0.2126729 * red + 0.7151522 * green + 0.072175 * blue)
  const z = root((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const seen = (light: Rgb, eye: readonly [Rgb, Rgb, Rgb]): Rgb => {
  const [red, green, blue] = eye.map((row) =>
    Math.max(0, row[0] * light[0] + row[1] * light[1] + row[2] * light[2]),
  )
  return lab([red!, green!, blue!])
}

const between = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

const scales = (['light', 'dark'] as const).flatMap((theme) => {
  const { hot_01, hot_05, hot_10, none, cold_10, cold_05, cold_01 } = significanceColors[theme]
  const change = changeColors[theme]
  return [
    [theme, 'density', densityColors[theme]],
    [theme, 'hot', [none, hot_10, hot_05, hot_01]],
    [theme, 'cold', [none, cold_10, cold_05, cold_01]],
    [theme, 'more', [none, change['more_0.1'], change['more_0.05']]],
    [theme, 'fewer', [none, change['fewer_0.1'], change['fewer_0.05']]],
  ] as const
})

describe.each(scales)('%s, %s', (theme, _name, colors) => {
  const { land } = grounds[theme]

  it('the stronger, the further from the ground in lightness', () => {
    const ratios = colors.map((color) => contrast(color, land))
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b))
    const lights = colors.map(luminance)
    expect(lights).toEqual(lights.toSorted((a, b) => (theme === 'dark' ? a - b : b - a)))
  })

  it.each(Object.keys(eyes))('neighbours are told apart by eyes of %s', (name) => {
    const shades = colors.map((color) => seen(laid(color, land), eyes[name]!))
    // Twice what is just noticeable, 2.3 (Mahy, Van Eycken and Oosterlinck 1994).
    const steps = shades.slice(1).map((shade, i) => between(shade, shades[i]!))
    expect(Math.min(...steps)).toBeGreaterThan(4.6)
  })
})

it('figures are read on every colour (WCAG AA, 4.5 : 1)', () => {
  const colors = (['light', 'dark'] as const).flatMap((theme) => [
    ...densityColors[theme],
    ...Object.values(significanceColors[theme]),
    ...Object.values(changeColors[theme]),
    ...Object.values(bandColors[theme]),
  ])
  for (const color of colors) expect(contrast(inkOn(color), color)).toBeGreaterThanOrEqual(4.5)
})

it('writes the chosen tab so that it can be read on the ground of either theme', () => {
  for (const theme of ['light', 'dark'] as const) {
    const { token, components } = antdTheme(theme, false)
    const ink = components?.Tabs?.itemSelectedColor ?? token?.colorPrimary ?? ''
    expect(contrast(ink, token?.colorBgContainer ?? '')).toBeGreaterThanOrEqual(4.5)
  }
})
