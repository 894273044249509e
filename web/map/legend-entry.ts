/** A legend, as data: the same breaks, units and n as the layer it explains, and what is left out. */

export type Swatch =
  | {
      readonly kind: 'fill'
      readonly color: string
      /** As the map draws it over its ground; absent: 1. */
      readonly opacity?: number
      readonly pattern?: string
      readonly outline?: string
    }
  | {
      readonly kind: 'line'
      readonly color: string
      readonly dash?: readonly number[]
      readonly width?: number
    }
  | { readonly kind: 'dot'; readonly color: string; readonly ring?: string }

export interface LegendDescription {
  /** The layer switch entry it belongs to: hidden with it. */
  readonly toggle?: string
  readonly title: string
  readonly unit?: string
  /** How many things are drawn, in words: "41 个网格". */
  readonly count?: string
  readonly entries: readonly { readonly swatch: Swatch; readonly label: string; readonly count?: string }[]
  /** What is not drawn and why: "3 起没有坐标，未画出". */
  readonly leftOut?: string
}
