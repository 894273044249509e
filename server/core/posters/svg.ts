/** Writing SVG as text. Numbers are millimetres, to a hundredth. */
import type { Position } from 'geojson'

export type Attributes = Readonly<Record<string, string | number | undefined>>

/** Text as content or in a quoted attribute, without the control characters that no document may carry. */
export const escapeText = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- these are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

export const numeral = (value: number): string => String(Math.round(value * 100) / 100 || 0)

/** An element; `content` is markup already. Attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? numeral(value) : escapeText(String(value))}"`,
    )
    .join('')
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

export type Project = (longitude: number, latitude: number) => readonly [x: number, y: number]

/** Path data of lines. Vertices that fall on the one before, to the hundredth, are left out. */
export function pathOf(lines: readonly (readonly Position[])[], project: Project, isClosed: boolean): string {
  let data = ''
  for (const line of lines) {
    let last = ''
    let command = 'M'
    for (const [longitude, latitude] of line) {
      const [x, y] = project(longitude!, latitude!)
      const point = `${numeral(x)} ${numeral(y)}`
      if (point === last) continue
      data += command + point
      command = 'L'
      last = point
    }
    if (isClosed && command === 'L') data += 'Z'
  }
  return data
}

export interface TextStyle {
  /** Height of the type, millimetres. */
  readonly size: number
  readonly fill?: string
  readonly weight?: 'bold'
  readonly anchor?: 'middle' | 'end'
  /** Colour around the letters that keeps them readable on lines. */
  readonly halo?: string
}

/** One line of text, its vertical middle at y. */
export const textAt = (
  text: string,
  x: number,
  y: number,
  { size, fill, weight, anchor, halo }: TextStyle,
  more: Attributes = {},
): string =>
  element(
    'text',
    {
      x,
      // Chinese glyphs reach from 0.12 em below the baseline to 0.88 em above.
      y: y + size * 0.37,
      'font-size': size,
      fill,
      'font-weight': weight,
      'text-anchor': anchor,
      ...(halo !== undefined && {
        stroke: halo,
        'stroke-width': size * 0.22,
        'stroke-linejoin': 'round',
        'paint-order': 'stroke',
      }),
      ...more,
    },
    escapeText(text),
  )
