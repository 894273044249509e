/** GET /api/areas/{code}/closure: the closure ladder of an area on a day. Households are named by id, in a county as `town/id`. */

import { requireHouseholds } from '../commands/household-right.ts'
import { type Closure, closureSchema, type LadderStep as PresentedStep } from '../contract/closure.ts'
import type { LadderStep } from '../core/coverage/closure-ladder.ts'
import { listAreas } from '../db/areas.ts'
import { listClosureGrids, listClosureHouseholds } from '../db/closure.ts'
import { type AreaQuestion, answerOnDay, areaOnDay } from './area-answer.ts'
import { defineRoute, jsonAnswer } from './route.ts'

export const closureRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/closure',
  tag: 'grids',
  summary: {
    zh: '逐级核对户数：县、乡镇、村、网格、微网格、户',
    en: 'Do the households of an area add up level by level: county, township, village, grid, microgrid, household',
  },
  ...areaOnDay,
  answer: jsonAnswer(200, 'Every step, and the first that does not close', closureSchema),
  handle: async (call) => ({ body: await answerOnDay(call, 'closure', climb) }),
})

async function climb({ db, area, moment: { day, at }, run }: AreaQuestion): Promise<Closure> {
  await requireHouseholds(db, area.towns)
  const areas = (await listAreas(db, at)).filter(({ lineage }) => lineage.includes(area.code))
  const grids = await listClosureGrids(db, area, at)
  const households = await listClosureHouseholds(db, area, at)
  // Grids and households have codes of their town's own.
  const within = (town: string, code: string): string => (area.towns.length > 1 ? `${town}/${code}` : code)
  const names = new Map<string, string | null>([
    ...areas.map((one): [string, string] => [one.area_code, one.name]),
    ...grids.map((one): [string, string | null] => [within(one.town_id, one.grid_code), one.name]),
  ])
  const homes = households.map((one) => ({
    id: within(one.town_id, one.household_id),
    town: one.town_id,
    village: one.village_code,
    inside: one.inside.map((code) => within(one.town_id, code)),
    edge: one.edge.map((code) => within(one.town_id, code)),
  }))
  const input = {
    areas: areas.map((one) => ({
      code: one.area_code,
      parent: one.area_code === area.code ? null : one.parent_code,
      level: one.level,
    })),
    grids: grids.map((one) => ({
      code: within(one.town_id, one.grid_code),
      kind: one.kind,
      area: one.village_code ?? one.town_id,
      parent: one.parent_code === null ? null : within(one.town_id, one.parent_code),
    })),
    households: homes,
  }
  const { steps, firstOpen, message } = await run('climbLadder', input)
  const named = new Set(steps.flatMap(householdsOf))
  return {
    day,
    closes: firstOpen === null,
    first_open: firstOpen && steps.indexOf(firstOpen),
    message: { ...message },
    steps: steps.map((step) => presentStep(step, (code) => names.get(code) ?? null)),
    positions: Object.fromEntries(
      households.flatMap(({ longitude, latitude }, i) => {
        const { id } = homes[i]!
        return named.has(id) ? [[id, [longitude, latitude]]] : []
      }),
    ),
  }
}

/** Households that a step names. */
const householdsOf = ({ lower, gaps, orphans, repeated }: LadderStep): readonly string[] => [
  ...gaps.flatMap(({ missing, doubled, strange }) => [...missing, ...doubled, ...strange]),
  ...(lower === 'household' ? [...orphans, ...repeated] : []),
]

const presentStep = (step: LadderStep, nameOf: (code: string) => string | null): PresentedStep => ({
  upper: step.upper,
  lower: step.lower,
  closes: step.closes,
  upper_total: step.upperTotal,
  lower_total: step.lowerTotal,
  gaps: step.gaps.map(({ code, total, sum, missing, doubled, strange }) => ({
    code,
    name: nameOf(code),
    total,
    sum,
    missing: [...missing],
    doubled: [...doubled],
    strange: [...strange],
  })),
  orphans: step.orphans.map((code) => ({ code, name: nameOf(code) })),
  repeated: [...step.repeated],
})
