/** The false discovery rates at which a place is called a hot or a cold spot, strictest first. */
export const hotSpotLevels = [0.01, 0.05, 0.1] as const

type Level = (typeof hotSpotLevels)[number]

/** `hot_0.05`: a neighbourhood richer than chance at q < 0.05 but not at the stricter level; `none`: not significant. */
export type HotSpotClass = `hot_${Level}` | `cold_${Level}` | 'none'

/** The class of a place from its z and its corrected p; `null` where the statistic is undefined. */
export function hotSpotClass(z: number | null, q: number | null): HotSpotClass | null {
  if (z === null || q === null) return null
  const level = hotSpotLevels.find((limit) => q < limit)
  if (level === undefined) return 'none'
  return z > 0 ? `hot_${level}` : `cold_${level}`
}
