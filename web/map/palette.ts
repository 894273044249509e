/**
 * Meaning → colour. Each colour carries one meaning, is told apart by colour-blind readers, and never stands alone: shape,
 * pattern, dash or text says the same. Screens take colours from here, for the map and for lists alike.
 */
import type { BandStatus } from '../../server/contract/grids.ts'
import type { TraceLabel } from '../../server/contract/patrols.ts'

export type Theme = 'light' | 'dark'

/**
 * Households of a grid against the policy's band: purple is too few, orange too many. What is in order recedes into the ground,
 * so it is dark on a dark map.
 */
export const bandColors: Readonly<Record<Theme, Readonly<Record<BandStatus, string>>>> = {
  light: {
    far_below: '#5E3C99',
    below: '#B2ABD2',
    in_band: '#E8EFE6',
    above: '#FDB863',
    far_above: '#E66101',
    not_applicable: '#BDBDBD',
  },
  dark: {
    far_below: '#5E3C99',
    below: '#B2ABD2',
    in_band: '#2B342E',
    above: '#FDB863',
    far_above: '#E66101',
    not_applicable: '#4A4E55',
  },
}

/** Stretches of a trace: solid, solid, ring, dashed, dotted. */
export const traceColors: Readonly<Record<TraceLabel, string>> = {
  inside: '#1B9E77',
  outside: '#D95F02',
  stay: '#1B9E77',
  unobserved: '#8A9099',
  unreliable: '#C51B7D',
}

/** Days since the last visit, by the last day of the class; null: never visited. */
export const visitAgeColors: readonly { readonly days: number | null; readonly color: string }[] = [
  { days: 1, color: '#084081' },
  { days: 3, color: '#2B8CBE' },
  { days: 7, color: '#7BCCC4' },
  { days: 14, color: '#CCEBC5' },
  { days: Number.POSITIVE_INFINITY, color: '#FDD49E' },
  { days: null, color: '#D7301F' },
]

/**
 * Density, from least to most. What is least recedes into the ground: it is the lightest of the light theme and the darkest of the
 * dark one. So it is with the two scales below, whose middle is what is not significant.
 */
export const densityColors: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#FEF0D9', '#FDD49E', '#FDBB84', '#FC8D59', '#E34A33', '#B30000'],
  dark: ['#4A2A26', '#7A3325', '#AE4424', '#DE6B2C', '#F59C4B', '#FDD9A5'],
}

export type SignificanceColor = 'hot_01' | 'hot_05' | 'hot_10' | 'none' | 'cold_10' | 'cold_05' | 'cold_01'

/** Significance: hot at q < 0.01, 0.05, 0.10, none, cold at 0.10, 0.05, 0.01. */
export const significanceColors: Readonly<Record<Theme, Readonly<Record<SignificanceColor, string>>>> = {
  light: {
    hot_01: '#B2182B',
    hot_05: '#EF8A62',
    hot_10: '#FDDBC7',
    none: '#E6E6E6',
    cold_10: '#D1E5F0',
    cold_05: '#67A9CF',
    cold_01: '#2166AC',
  },
  dark: {
    hot_01: '#FF9478',
    hot_05: '#C4573F',
    hot_10: '#6E3B33',
    none: '#343941',
    cold_10: '#2F4A66',
    cold_05: '#3B7DB8',
    cold_01: '#8FC6F7',
  },
}

/** Against an earlier period, where that is sure: more is purple, fewer green (q < 0.05, 0.10). What is not sure has no colour. */
export const changeColors = {
  light: { 'more_0.05': '#762A83', 'more_0.1': '#C2A5CF', 'fewer_0.1': '#A6DBA0', 'fewer_0.05': '#1B7837' },
  dark: { 'more_0.05': '#E0B0F0', 'more_0.1': '#8A5A9A', 'fewer_0.1': '#3F7048', 'fewer_0.05': '#93DDA0' },
} as const satisfies Readonly<Record<Theme, Readonly<Record<string, string>>>>

/** Linear light of a colour, 0–1, by WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
export function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Ratio of two colours' light by WCAG 2.2, 1–21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const inks = ['#000000', '#FFFFFF'] as const

/** The ink that is read best on a colour: whichever it is, the ratio is at least √21, 4.58 (WCAG AA asks 4.5). */
export const inkOn = (color: string): string =>
  contrast(inks[0], color) >= contrast(inks[1], color) ? inks[0] : inks[1]

/** Families of problems of a division. */
export const problemColors = {
  overlap: '#D7301F',
  gap: '#C51B7D',
  inlet: '#6A3D9A',
  outside: '#8C510A',
  edge: '#E6AB02',
  household: '#1F2329',
  /** The core of a household's ring. */
  householdCore: '#D7301F',
} as const
