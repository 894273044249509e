/** Grids coloured by the days since the last visit of their households, and the legend that says so. Pure. */
import type { CoverageOfGrid } from '../../../../server/contract/coverage.ts'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { visitAgeWords } from '../../../i18n/words.ts'
import type { GridClass } from '../../../map/layers/grids.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { visitAgeColors } from '../../../map/palette.ts'
import { text } from './text.ts'

/** As the grids are filled. */
const opacity = 0.55

/** Grids that have households, by the class of their median age, in the order of the palette. */
export const visitAgeClasses = (grids: readonly CoverageOfGrid[]): GridClass[] =>
  visitAgeColors.map(({ color }, index) => ({
    color,
    codes: grids
      .filter(({ households }) => households.total > 0 && ageClass(households.median_days) === index)
      .map(({ grid }) => grid),
  }))

/** @param days null: never */
const ageClass = (days: number | null): number =>
  visitAgeColors.findIndex((one) =>
    days === null ? one.days === null : one.days !== null && days <= one.days,
  )

export function visitAgeLegend(grids: readonly CoverageOfGrid[], say: Say): LegendDescription {
  return {
    toggle: 'grids',
    title: say(text.layer),
    entries: visitAgeClasses(grids).map(({ color, codes }, index) => ({
      swatch: { kind: 'fill', color, opacity },
      label: say(visitAgeWords[index] ?? text.never),
      count: formatNumber(codes.length),
    })),
  }
}
