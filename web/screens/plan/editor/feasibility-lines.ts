/** Judgements of feasibility as lines for people: pure. */
import type { Feasibility } from '../../../../server/contract/proposals.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { text } from './proposals-text.ts'

export interface FeasibilityLine {
  readonly component: string
  readonly verdict: Feasibility['verdict']
  /** The village, and which part of it where its ground is in several. */
  readonly where: string
  readonly line: string
  /** Why it is impossible, then what would help. */
  readonly proofs: readonly string[]
  readonly relaxations: readonly string[]
}

const order = { impossible: 0, unknown: 1, feasible: 2 } as const

/** A village's code, perhaps twice, perhaps with what makes it the id of a piece of ground. */
const codes = /(\d{9,15})( \1)?(-[0-9a-z]{6,}(?:~\d+)?)?/g

/** A text of the server's with the names of villages in place of their codes, and ground by its village: its id tells nobody anything. */
export const withNames = (said: string, nameOf: (village: string) => string, say: Say): string =>
  said.replace(codes, (_, village: string, twice?: string, piece?: string) =>
    piece === undefined || twice !== undefined
      ? nameOf(village)
      : say(text.pieceIn, { village: nameOf(village) }),
  )

/** How many of the lines that bring no bad news are sure. */
export function restSummary(lines: readonly FeasibilityLine[], say: Say): string {
  const feasible = lines.filter((line) => line.verdict === 'feasible').length
  return feasible === lines.length
    ? say(text.feasibleOf, { n: feasible })
    : say(text.unknownOf, { feasible, unknown: lines.length - feasible })
}

/** One line a component: what is impossible first, then by village. */
export function feasibilityLines(
  components: readonly Feasibility[],
  sizes: SizeBand,
  nameOf: (village: string) => string,
  say: Say,
): FeasibilityLine[] {
  return components
    .map((one): FeasibilityLine => {
      const parts = components.filter((other) => other.village === one.village)
      const village = nameOf(one.village)
      const i = parts.indexOf(one) + 1
      return {
        component: one.component,
        verdict: one.verdict,
        where: parts.length === 1 ? village : say(text.part, { village, i, n: parts.length }),
        line: lineOf(one, sizes, say),
        proofs: one.proofs.map(({ message }) => withNames(say(message), nameOf, say)),
        relaxations: one.relaxations.map(({ message }) => withNames(say(message), nameOf, say)),
      }
    })
    .toSorted((a, b) => order[a.verdict] - order[b.verdict])
}

function lineOf({ verdict, households: count, grids }: Feasibility, sizes: SizeBand, say: Say): string {
  const households = formatNumber(count)
  if (verdict === 'impossible' || !grids) return say(text.impossible, { households, ...sizes })
  const n = grids.from === grids.to ? String(grids.from) : `${grids.from}–${grids.to}`
  return say(verdict === 'feasible' ? text.grids : text.gridsUnknown, { households, n })
}
