/** Which column holds which field: names are compared without case, spaces, punctuation and units in brackets. */

/** `经度（°）` → `经度`, `Primary Type` → `primarytype`, `primary_type` → `primarytype`. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([【{].*?[)\]】}]/g, '')
    .replace(/[\s_\-.:*"'：]/g, '')

/**
 * The column for a field: the first synonym that any column bears (so the order of synonyms is the preference), or
 * undefined. `synonyms` are compared as plain names.
 */
export function columnFor(columns: readonly string[], synonyms: readonly string[]): string | undefined {
  const plain = columns.map(plainName)
  for (const synonym of synonyms) {
    const found = plain.indexOf(plainName(synonym))
    if (found >= 0) return columns[found]
  }
  return undefined
}

export const positionSynonyms = {
  longitude: ['lon', 'lng', 'long', 'longitude', '经度', '东经', 'x', 'x坐标'],
  latitude: ['lat', 'latitude', '纬度', '北纬', 'y', 'y坐标'],
  wkt: ['wkt', 'geometry', 'geom', 'the_geom', 'wkb_geometry', '几何', '图形', '边界'],
} as const

/** Column names as a message shows them. */
export const listed = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : '—')
