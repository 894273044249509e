/** Results of a match as text, JSON or CSV. Each is complete for any number of results, also none. */
import type { Match } from '../contract/match.ts'
import { csvLine, inert } from '../formats/csv-line.ts'

export const matchFormats = ['text', 'json', 'csv'] as const
export type MatchFormat = (typeof matchFormats)[number]

/** All results in one of the formats, line by line. */
export function* writeMatches(matches: readonly Match[], format: MatchFormat): Generator<string> {
  if (format === 'json') yield* jsonLines(matches)
  else if (format === 'csv') yield* csvLines(matches)
  else yield* textLines(matches)
}

function* jsonLines(matches: readonly Match[]): Generator<string> {
  yield '[\n'
  for (const [i, match] of matches.entries())
    yield `${JSON.stringify(match)}${i + 1 < matches.length ? ',' : ''}\n`
  yield ']\n'
}

/** The rules of all results, in the order they first appear. */
const rulesOf = (matches: readonly Match[]): string[] => [
  ...new Set(matches.flatMap(({ rules }) => rules.map(({ rule }) => rule))),
]

function* csvLines(matches: readonly Match[]): Generator<string> {
  const rules = rulesOf(matches)
  yield csvLine([
    'worker', 'date', 'grid', 'fixes', 'first', 'last',
    'seconds_inside', 'seconds_outside', 'seconds_unobserved', 'seconds_unreliable',
    'metres_inside', 'metres_outside', 'metres_raw', 'stays', 'rounds',
    'hexagons_visited', 'hexagons_in_grid', 'households_passed', 'households_total', 'flags',
    ...rules.flatMap((rule) => [`${rule}_required`, `${rule}_actual`, `${rule}_met`]),
    'metres_inside_error', 'boundary_seconds', 'tolerant_seconds', 'tolerant_metres', 'judged',
    'lanes_walked_metres', 'lanes_metres', 'places_passed', 'places_total',
    ...rules.flatMap((rule) => [`${rule}_error`, `${rule}_within_error`]),
  ]) // biome-ignore format: a header
  for (const match of matches) {
    const { seconds, metres, hexagons, households, tolerant, lanes, places } = match
    const foundOf = (rule: string) => match.rules.find((one) => one.rule === rule)
    const judged = rules.flatMap((rule): (string | number | boolean)[] => {
      const found = foundOf(rule)
      return found ? [found.required, found.actual, found.met] : ['', '', '']
    })
    yield csvLine([
      inert(match.worker), match.date, inert(match.grid), match.fixes, match.first, match.last,
      seconds.inside, seconds.outside, seconds.unobserved, seconds.unreliable,
      metres.inside, metres.outside, metres.raw, match.stays.length, match.rounds,
      hexagons.visited, hexagons.in_grid, households.passed, households.total,
      match.flags.map(({ code }) => code).join(';'),
      ...judged,
      metres.inside_error ?? '', match.boundary_seconds ?? '', tolerant?.seconds ?? '', tolerant?.metres ?? '', match.judged,
      lanes?.walked_metres ?? '', lanes?.total_metres ?? '', places?.passed ?? '', places?.total ?? '',
      ...rules.flatMap((rule) => [foundOf(rule)?.error ?? '', foundOf(rule)?.within_error ?? '']),
    ]) // biome-ignore format: as the header
  }
}

function* textLines(matches: readonly Match[]): Generator<string> {
  if (matches.length === 0) yield '没有轨迹进入网格 · no trace enters a grid\n'
  for (const match of matches) {
    const { seconds, metres, hexagons, households, tolerant, lanes, places } = match
    const bound = metres.inside_error === null ? '' : ` ± ${kilometres(metres.inside_error)}`
    yield `${match.worker}  ${match.date}  ${match.grid}\n`
    yield `  网格内 inside ${hours(seconds.inside)}  外 outside ${hours(seconds.outside)}  失联 unobserved ${hours(seconds.unobserved)}  不可信 unreliable ${hours(seconds.unreliable)}\n`
    yield `  移动 moved ${kilometres(metres.inside)}${bound} inside, ${kilometres(metres.outside)} outside (原始 raw ${kilometres(metres.raw)})  停留 stays ${match.stays.length}  巡次 rounds ${match.rounds}\n`
    yield `  六边形 hexagons ${hexagons.visited}/${hexagons.in_grid}  住户 households ${households.passed}/${households.total}\n`
    if (tolerant)
      yield `  含边界容差 tolerant ${hours(tolerant.seconds)} ${kilometres(tolerant.metres)}  取决于边界 hangs on the boundary ${match.boundary_seconds === null ? '—' : hours(match.boundary_seconds)}\n`
    if (lanes || places)
      yield `  ${[lanes && `街巷 lanes ${kilometres(lanes.walked_metres)}/${kilometres(lanes.total_metres)}`, places && `场所 places ${places.passed}/${places.total}`].filter(Boolean).join('  ')}\n`
    for (const { rule, required, actual, unit, met, error, within_error: within } of match.rules) {
      const close = within ? `  误差范围内 within the error (± ${error} ${unit})` : ''
      yield `  ${met ? '达标 met    ' : '未达标 unmet'}  ${rule} ${actual} ${unit} (≥ ${required})${close}\n`
    }
    for (const { code, from, to } of match.flags) yield `  ! ${code}  ${from} – ${to}\n`
  }
}

/** `4:05:09` */
function hours(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

const kilometres = (metres: number): string => `${(metres / 1000).toFixed(2)} km`
