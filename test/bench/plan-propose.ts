/**
 * Ground and proposals against the time a planner waits: the atoms of a town of 5,000 street edges, then the demo township — each of
 * its villages alone, and all its 12,000 households in one go.
 */
import { fileURLToPath } from 'node:url'
import type { Position } from 'geojson'
import { readProposeInputs } from '../../server/cli/propose-inputs.ts'
import type { AtomInput } from '../../server/core/planning/atoms/input.ts'
import { makeAtoms } from '../../server/core/planning/atoms/make-atoms.ts'
import { proposePlans } from '../../server/core/planning/propose/propose-plans.ts'
import type { Barrier, PlanHousehold } from '../../server/core/planning/values.ts'
import type { LngLat } from '../../server/core/values.ts'
import type { BenchRow } from './bench-row.ts'

const BAND = { from: 300, to: 500 }
const PLANS = 3

export async function bench(): Promise<BenchRow[]> {
  return [atomsOfStreets(), ...(await proposalsOfDemo())]
}

const row = (name: string, seconds: number, budget: number, note: string): BenchRow => ({
  name: `${name}, against ${budget} s`,
  ours: seconds,
  theirs: budget,
  ratio: seconds / budget,
  target: '<= 1',
  unit: 's',
  note,
})

function secondsOf<T>(work: () => T): { seconds: number; result: T } {
  const start = performance.now()
  const result = work()
  return { seconds: (performance.now() - start) / 1000, result }
}

/** 51 × 50 crossings of streets that are not quite straight: 50 × 50 + 51 × 49 = 4,999 edges, 2,499 blocks or so. */
function streets(): AtomInput {
  const [columns, rows] = [51, 50]
  const step = 0.0015
  const crossing = (c: number, r: number): LngLat => [
    120 + step * (c + 0.2 * Math.sin(3 * r + c)),
    30 + step * (r + 0.2 * Math.sin(5 * c + r)),
  ]
  const street = (id: string, path: LngLat[]): Barrier => ({
    id,
    kind: 'road',
    name: id,
    rank: 3,
    crossable: true,
    path,
  })
  const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
  const barriers = [
    ...upTo(rows).map((r) =>
      street(
        `east ${r}`,
        upTo(columns).map((c) => crossing(c, r)),
      ),
    ),
    ...upTo(columns).map((c) =>
      street(
        `north ${c}`,
        upTo(rows).map((r) => crossing(c, r)),
      ),
    ),
  ]
  const [west, south, east, north] = [
    120 - step / 2,
    30 - step / 2,
    120 + step * (columns - 0.5),
    30 + step * (rows - 0.5),
  ]
  const households = Array.from(
    { length: 12_000 },
    (_, i): PlanHousehold => ({
      id: `h${i}`,
      longitude: west + (east - west) * ((i * 0.618_034) % 1),
      latitude: south + (north - south) * ((i * 0.754_878) % 1),
      persons: 3,
      mustVisit: false,
    }),
  )
  const boundary: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return {
    villages: [{ code: 'town', boundary: { type: 'Polygon', coordinates: [boundary] } }],
    barriers,
    sites: [],
    naturalVillages: [],
    buildings: [],
    households,
  }
}

function atomsOfStreets(): BenchRow {
  const input = streets()
  const { seconds, result } = secondsOf(() => makeAtoms(input))
  const { atoms, borders } = result.graph
  const note = `4,999 street edges, ${atoms.length} atoms, ${borders.length} borders, 12,000 households`
  return row('atoms of a town', seconds, 3, note)
}

async function proposalsOfDemo(): Promise<BenchRow[]> {
  const demo = (name: string): string => fileURLToPath(new URL(`../../data/demo/${name}`, import.meta.url))
  const read = await readProposeInputs(
    {
      within: demo('areas.geojson'),
      roads: demo('roads.geojson'),
      households: demo('households.csv.gz'),
      villages: demo('villages.geojson'),
      dedicated: undefined,
      buildings: demo('buildings.geojson.gz'),
    },
    {},
  )
  if ('flaws' in read) throw new Error('the demo township cannot be read')
  const options = { mostGroupHouseholds: BAND.to, mostHouseholds: 30 }
  const { graph } = makeAtoms({ ...read.input, options })
  const codes = [...new Set(graph.atoms.map((atom) => atom.village))]
  const alone = codes.map((village) => ({
    village,
    ...secondsOf(() => proposePlans(graph, { band: BAND, plans: PLANS, villages: [village] })),
  }))
  const slowest = alone.toSorted((a, b) => b.seconds - a.seconds)[0]!
  // From the files' rows to the plans: ground and search.
  const town = secondsOf(() => {
    const made = makeAtoms({ ...read.input, options })
    return proposePlans(made.graph, { band: BAND, plans: PLANS })
  })
  const most = read.input.households.length
  return [
    row(
      'proposals for the slowest village of the demo',
      slowest.seconds,
      10,
      `${slowest.village}, ${PLANS} plans`,
    ),
    row(
      'ground and proposals for the demo township',
      town.seconds,
      60,
      `${most} households, ${graph.atoms.length} atoms, ${town.result.proposals.length} plans`,
    ),
  ]
}
