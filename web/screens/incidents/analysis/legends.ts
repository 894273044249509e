/** Legends of an answer: its unit, its breaks or classes, n, and what is left out. Pure. */
import type { AnalysisCell } from '../../../../server/contract/analysis.ts'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { wordOr } from '../../../i18n/words.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { densityColors, significanceColors } from '../../../map/palette.ts'
import { fillOpacity } from '../layers.ts'
import {
  classColors,
  classLabels,
  classOf,
  classOrder,
  idOf,
  significanceColor,
  valueOf,
} from '../measures.ts'
import { text as screenText } from '../text.ts'
import { isSure } from './clusters.ts'
import { changeClasses } from './comparison.ts'
import { cellsInWords } from './count-words.ts'
import { isAmount } from './look.ts'
import { changeColor, hasClearFloor, type Picture } from './picture.ts'
import { heatEnd, heatOpacity } from './surface.ts'
import { text } from './text.ts'

type Entry = LegendDescription['entries'][number]

/** The name of what is drawn, for the layer switch and the legend's title. */
export function titleOf({ look }: Pick<Picture, 'look'>, say: Say): string {
  const { measure, method, isBeside } = look
  // Beside one another, the two periods are seen in their counts.
  if (isBeside) return say(text.titles.count)
  const byMeasure = measure === 'count' || measure === 'density' || measure === 'change'
  const isOverCounts = method === 'scan' || method === 'knox'
  return say(wordOr(text.titles, isOverCounts ? 'count' : byMeasure ? measure : method))
}

export function cellLegend(picture: Picture, toggle: string, say: Say): LegendDescription {
  const { answer, look, frame } = picture
  const step = frame === null ? undefined : look.step
  return {
    toggle,
    title: titleOf(picture, say),
    unit: [unitOf(picture, say), step && say(text.perStep[step])].filter(Boolean).join(' · '),
    count: [cellsInWords(answer.unit, answer.n, say), look.isBeside && say(text.now)]
      .filter(Boolean)
      .join(' · '),
    ...entriesOf(picture, say),
  }
}

function unitOf({ answer, look }: Picture, say: Say): string {
  if (isAmount(look) || look.isBeside) {
    const unit = say(answer.legend.unit)
    if (answer.legend.measure !== 'count') return unit
    return say(answer.unit === 'grid' ? text.perGrid : text.perHexagon, { unit })
  }
  if (look.measure === 'change') return say(text.changeUnit)
  const correction = say(text.corrections[look.correction])
  return say(text.units[look.method as keyof typeof text.units], { correction })
}

function entriesOf(picture: Picture, say: Say): Pick<LegendDescription, 'entries' | 'leftOut'> {
  const rest = leftOutText(picture, say)
  const { look, answer } = picture
  if (look.measure === 'change' && !look.isBeside)
    return { entries: changeEntries(picture, say), leftOut: rest }
  if (!isAmount(look) && !look.isBeside) return { entries: classEntries(picture, say), leftOut: rest }
  const withoutValue = answer.cells.filter((cell) => cell.value === null).length
  return {
    entries: amountEntries(picture, say),
    leftOut:
      withoutValue > 0
        ? say(look.measure === 'density' ? text.withoutDensity : text.withoutValue, {
            n: formatNumber(withoutValue),
            rest,
          })
        : rest,
  }
}

function amountEntries(picture: Picture, say: Say): Entry[] {
  const { answer, breaks, frame, theme } = picture
  const values = answer.cells.map((cell) => (picture.look.isBeside ? cell.count : valueOf(cell, frame)))
  const inClass = (wanted: number): string =>
    formatNumber(values.filter((value) => value !== null && classOf(value, breaks) === wanted).length)
  const colors = classColors(breaks, theme)
  const opacity = fillOpacity(picture)
  return [
    ...classLabels(breaks, answer.legend.measure === 'count', say)
      .map(
        (label, index): Entry => ({
          swatch:
            index === 0 && breaks.length > 0 && hasClearFloor(picture.look)
              ? { kind: 'fill', color: 'transparent' }
              : { kind: 'fill', color: colors[index] ?? '', opacity },
          label,
          count: inClass(index),
        }),
      )
      .toReversed(),
    // A surface is nowhere nought: it thins out.
    ...(answer.statistic === 'kde'
      ? []
      : [
          {
            swatch: { kind: 'fill', color: 'transparent' } as const,
            label: say(screenText.none),
            count: inClass(-1),
          },
        ]),
  ]
}

/** Quadrants and histories only where they occur; the seven classes of hot and cold always, so that the scale is seen whole. */
function classEntries(picture: Picture, say: Say): Entry[] {
  const { answer, look, theme } = picture
  const counts = new Map<AnalysisCell['class'], number>()
  for (const { class: name } of answer.cells) counts.set(name, (counts.get(name) ?? 0) + 1)
  const isGi = look.method === 'gi-star' || look.method === 'gi'
  const opacity = fillOpacity(picture)
  const shown = classOrder.filter(
    (name) =>
      counts.has(name) || (isGi && (name === 'none' || name.startsWith('hot_') || name.startsWith('cold_'))),
  )
  const undefinedCells = counts.get(null) ?? 0
  return [
    ...shown.map(
      (name): Entry => ({
        swatch: { kind: 'fill', color: significanceColor(name, theme), opacity },
        label: say(wordOr(screenText.classes, name)),
        count: formatNumber(counts.get(name) ?? 0),
      }),
    ),
    ...(undefinedCells > 0
      ? [
          {
            swatch: { kind: 'fill', color: 'transparent' } as const,
            label: say(screenText.undefinedClass),
            count: formatNumber(undefinedCells),
          },
        ]
      : []),
  ]
}

function changeEntries(picture: Picture, say: Say): Entry[] {
  const { changes, theme, answer } = picture
  const opacity = fillOpacity(picture)
  const classes = answer.cells.map((cell) => changes?.get(idOf(cell))?.class ?? null)
  const count = (wanted: (typeof classes)[number]): string =>
    formatNumber(classes.filter((name) => name === wanted).length)
  return [
    ...changeClasses.map(
      (name): Entry => ({
        swatch: { kind: 'fill', color: changeColor(name, theme), opacity },
        label: say(text.changes[name]),
        count: count(name),
      }),
    ),
    { swatch: { kind: 'fill', color: 'transparent' }, label: say(text.noneEither), count: count(null) },
  ]
}

export function clusterLegend({ answer, theme }: Picture, toggle: string, say: Say): LegendDescription {
  const clusters = answer.clusters ?? []
  const { hot_01: sure, hot_05: unsure } = significanceColors[theme]
  const count = (wanted: boolean): string =>
    formatNumber(clusters.filter((cluster) => isSure(cluster) === wanted).length)
  return {
    toggle,
    title: say(text.titles.scan),
    unit: say(text.scanUnit),
    entries: [
      {
        swatch: { kind: 'fill', color: sure, opacity: 0.28, outline: sure },
        label: say(text.sureCluster),
        count: count(true),
      },
      {
        swatch: { kind: 'fill', color: 'transparent', outline: unsure },
        label: say(text.unsureCluster),
        count: count(false),
      },
    ],
  }
}

/** The smooth picture's colours, from few to many, in the unit of the surface. */
export function heatLegend({ answer, breaks, theme }: Picture, toggle: string, say: Say): LegendDescription {
  const colors = densityColors[theme]
  const step = heatEnd(breaks) / colors.length
  const entries = colors.map(
    (color, index): Entry => ({
      swatch: { kind: 'fill', color, opacity: heatOpacity },
      label:
        index === colors.length - 1
          ? say(screenText.atLeast, { from: formatNumber(index * step) })
          : say(screenText.range, {
              from: formatNumber(index * step),
              to: formatNumber((index + 1) * step),
            }),
    }),
  )
  return {
    toggle,
    title: say(text.heat),
    unit: say(answer.legend.unit),
    entries: entries.toReversed(),
    leftOut: say(text.smooth),
  }
}

/** What is in the figures and what is not, each with its reason. */
export function leftOutText({ answer }: Pick<Picture, 'answer'>, say: Say): string {
  const { excluded, counted } = answer.card.counts
  const left = excluded.filter(({ count }) => count > 0)
  return left.length === 0
    ? say(screenText.nothingLeftOut, { counted: formatNumber(counted) })
    : say(text.leftOut, {
        counted: formatNumber(counted),
        rest: left.map(({ message, count }) => `${say(message)} ${formatNumber(count)}`).join('；'),
      })
}
