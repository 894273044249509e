/** What the patrol screen's layers mean, with counts. Pure. */
import type { HouseholdVisits, PatrolDayDetail } from '../../../server/contract/patrols.ts'
import { formatDuration, formatNumber } from '../../i18n/format.ts'
import type { Say } from '../../i18n/language.ts'
import { visitAgeWords } from '../../i18n/words.ts'
import { grounds } from '../../map/ground.ts'
import { traceSwatch } from '../../map/layers/trace.ts'
import type { LegendDescription } from '../../map/legend-entry.ts'
import { type Theme, traceColors, visitAgeColors } from '../../map/palette.ts'
import { ageClassOf, hexagonColor, labelOrder, reachColors } from './layers.ts'
import { text } from './text.ts'
import { midnightOf, spanOf } from './trace-time.ts'

/** Labels as the traces have them; with a worker, how long each took. */
export function traceLegend(
  toggle: string,
  detail: PatrolDayDetail | undefined,
  theme: Theme,
  say: Say,
): LegendDescription {
  const midnight = detail ? midnightOf(detail.day) : 0
  const secondsOf = (label: string): number =>
    (detail?.trace ?? [])
      .filter((piece) => piece.label === label)
      .map((piece) => spanOf(piece, midnight))
      .reduce((sum, { from, to }) => sum + to - from, 0)
  const labels = labelOrder.filter(
    (label) => label !== 'stay' && (detail !== undefined || label !== 'unobserved'),
  )
  return {
    toggle,
    title: say(detail ? text.layerTrace : text.layerOthers),
    entries: labels.map((label) => ({
      swatch: traceSwatch(label, theme),
      label: say(text.labels[label]),
      ...(detail && { count: formatDuration(secondsOf(label)) }),
    })),
  }
}

export function stayLegend(detail: PatrolDayDetail, theme: Theme, say: Say): LegendDescription {
  const { land } = grounds[theme]
  const inside = detail.stays.filter((stay) => stay.inside).length
  return {
    toggle: 'stays',
    title: say(text.layerStays),
    entries: [
      {
        swatch: { kind: 'dot', color: land, ring: traceColors.stay },
        label: say(text.labels.inside),
        count: formatNumber(inside),
      },
      {
        swatch: { kind: 'dot', color: land, ring: traceColors.outside },
        label: say(text.labels.outside),
        count: formatNumber(detail.stays.length - inside),
      },
    ],
  }
}

export function hexagonLegend(detail: PatrolDayDetail, say: Say): LegendDescription {
  const inGrids = detail.days.reduce((sum, day) => sum + day.hexagons.in_grid, 0)
  const { hexagon_resolution: resolution } = detail.policy
  return {
    toggle: 'hexagons',
    title: say(text.layerHexagons),
    entries: [
      {
        swatch: { kind: 'fill', color: `${hexagonColor}40`, outline: hexagonColor },
        label: typeof resolution === 'number' ? say(text.resolution, { n: resolution }) : 'H3',
        count: say(text.ofTotal, {
          n: formatNumber(detail.hexagons.length),
          total: formatNumber(inGrids),
        }),
      },
    ],
  }
}

export function reachLegend(detail: PatrolDayDetail, theme: Theme, say: Say): LegendDescription {
  const ground = grounds[theme]
  const must = detail.households_missed.filter((one) => one.must_visit).length
  return {
    toggle: 'reach',
    title: say(text.layerHouseholds),
    unit: say(text.zoomIn),
    entries: [
      {
        swatch: { kind: 'dot', color: reachColors.passed },
        label: say(text.passed),
        count: formatNumber(detail.households_passed.length),
      },
      {
        swatch: { kind: 'dot', color: ground.land, ring: ground.textQuiet },
        label: say(text.missed),
        count: formatNumber(detail.households_missed.length - must),
      },
      {
        swatch: { kind: 'dot', color: reachColors.must, ring: ground.text },
        label: say(text.missedMust),
        count: formatNumber(must),
      },
    ],
  }
}

export function ageLegend(visits: HouseholdVisits, say: Say): LegendDescription {
  const counts = visitAgeWords.map(() => 0)
  for (const { days_since } of visits.households) counts[ageClassOf(days_since)]!++
  return {
    toggle: 'ages',
    title: say(text.layerAges),
    unit: say(text.mustRing),
    count: say(text.householdsN, { n: formatNumber(visits.households.length) }),
    entries: visitAgeWords.map((word, index) => ({
      swatch: { kind: 'dot', color: visitAgeColors[index]?.color ?? '' },
      label: say(word),
      count: formatNumber(counts[index]),
    })),
  }
}
