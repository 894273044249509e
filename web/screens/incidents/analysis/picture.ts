/** An answer as it is drawn: which colour each cell has, by the look it was asked with. Pure. */
import type { Analysis, AnalysisCell } from '../../../../server/contract/analysis.ts'
import { breaksOf } from '../../../../server/core/analysis/legend.ts'
import { changeColors, type Theme } from '../../../map/palette.ts'
import type { Shown } from '../data.ts'
import { breaksFor, classColors, classOf, idOf, significanceColor, valueOf } from '../measures.ts'
import { type Change, type ChangeClass, changesOf } from './comparison.ts'
import { comparedPeriod, isAmount, isSurface, type Look } from './look.ts'

export interface Picture {
  readonly answer: Analysis
  readonly look: Look
  readonly theme: Theme
  readonly breaks: readonly number[]
  /** Index of the frame that a playback shows; null: the whole interval. */
  readonly frame: number | null
  /** Changes by cell, where periods are compared. */
  readonly changes: ReadonlyMap<string, Change> | null
}

export function pictureOf(shown: Shown, theme: Theme, frame: number | null): Picture {
  const { answer, look } = shown
  return {
    answer,
    look,
    theme,
    breaks: isAmount(look) ? breaksFor(answer, look) : look.isBeside ? breaksOfBoth(answer) : [],
    frame: frame !== null && frame < (answer.steps?.length ?? 0) ? frame : null,
    changes: look.measure === 'change' ? changesByCell(shown) : null,
  }
}

/** One scale for the counts of both periods. */
const breaksOfBoth = ({ cells }: Analysis): number[] =>
  breaksOf(cells.flatMap((cell) => [cell.count, cell.before ?? 0]))

/** Changes of all cells; null where the answer compares nothing. */
export function changesByCell({ answer, look, interval }: Shown): ReadonlyMap<string, Change> | null {
  const before = comparedPeriod(look.compare, interval)
  if (!before || answer.compared === null) return null
  const changes = changesOf(
    answer.cells.map(idOf),
    new Map(answer.cells.map((cell) => [idOf(cell), cell.count])),
    new Map(answer.cells.map((cell) => [idOf(cell), cell.before ?? 0])),
    { now: interval, before },
  )
  return new Map(changes.map((change) => [change.key, change]))
}

/** More or fewer than before; what is not sure recedes into the ground, as what is not significant does. */
export const changeColor = (name: ChangeClass, theme: Theme): string =>
  name === 'none' ? significanceColor('none', theme) : changeColors[theme][name]

/** Fill of a cell; null: clear, nothing is there or nothing is known. */
export function cellColor(cell: AnalysisCell, picture: Picture): string | null {
  const { look, theme, breaks, frame, changes } = picture
  if (isAmount(look)) {
    const value = valueOf(cell, frame)
    return hasClearFloor(look) && value !== null && classOf(value, breaks) < 1 && breaks.length > 0
      ? null
      : amountColor(value, breaks, theme)
  }
  if (look.isBeside) return amountColor(cell.count, breaks, theme)
  if (look.measure === 'significance') return cell.class && significanceColor(cell.class, theme)
  const name = changes?.get(idOf(cell))?.class ?? null
  return name && changeColor(name, theme)
}

/** A surface has some density nearly everywhere: below its first break it is clear, as between its contours. */
export const hasClearFloor = ({ method }: Pick<Look, 'method'>): boolean => isSurface(method)

export function amountColor(value: number | null, breaks: readonly number[], theme: Theme): string | null {
  if (value === null || value <= 0) return null
  return classColors(breaks, theme)[classOf(value, breaks)] ?? null
}
