/** What the search says beside its plans: proofs, what was not found, what a planner should know. */
import type { SizeBand } from '../../policy/division-policy.ts'
import type { Feasibility } from '../feasibility-values.ts'
import type { AtomBorder, AtomGraph } from '../values.ts'
import type { Partition } from './partition.ts'
import type { NotFound, ProposalNote, Proposals } from './values.ts'
import type { VillageGround } from './village-ground.ts'

export interface SearchOutcome {
  readonly villages: readonly VillageGround[]
  /** Borders that make exclaves, in the villages' order. */
  readonly links: readonly AtomBorder[]
  readonly judged: readonly Feasibility[]
  /** The best partition of each component, by village and component; `judged` has them one after another. */
  readonly best: readonly (readonly Partition[])[]
  readonly band: SizeBand
  readonly stopped: boolean
}

export function outcomeOf(
  graph: AtomGraph,
  { villages, links, judged, best, band, stopped }: SearchOutcome,
): Omit<Proposals, 'proposals'> {
  const partitions = best.flat()
  const notFound: NotFound[] = []
  const components = judged.map((one, i): Feasibility => {
    if (one.verdict === 'impossible') return one
    const missing = missOf(partitions[i]!, band)
    if (missing.grids === 0)
      return one.verdict === 'feasible'
        ? one
        : { ...one, verdict: 'feasible', message: foundMessage(one, partitions[i]!, band) }
    notFound.push(notFoundOf(one, missing, band))
    return one
  })
  return {
    components,
    impossible: components.filter(({ verdict }) => verdict === 'impossible'),
    notFound,
    notes: [
      ...villages.flatMap((village, v) => [
        ...partsNote(graph, village),
        ...groupsApart(graph, village),
        ...groupsCut(graph, village, best[v]!),
      ]),
      ...links.map((link) => exclaveNote(graph, link)),
      ...(stopped ? [stoppedNote] : []),
    ],
  }
}

function missOf({ households, pieces }: Partition, band: SizeBand): { grids: number; households: number } {
  const misses = households
    .filter((_, grid) => pieces[grid]! > 0)
    .map((one) => Math.max(band.from - one, one - band.to, 0))
    .filter((miss) => miss > 0)
  return { grids: misses.length, households: misses.reduce((sum, miss) => sum + miss, 0) }
}

function foundMessage(
  { village, households }: Feasibility,
  { pieces }: Partition,
  band: SizeBand,
): Feasibility['message'] {
  const grids = pieces.filter((count) => count > 0).length
  return {
    zh: `${village}：${households} 户，已划成 ${grids} 个 ${band.from}–${band.to} 户的网格。`,
    en: `${village}: ${households} households, cut into ${grids} grid(s) of ${band.from}–${band.to}.`,
  }
}

function notFoundOf(
  { component, village, households, counts }: Feasibility,
  missing: { readonly grids: number; readonly households: number },
  band: SizeBand,
): NotFound {
  const number = `${counts?.from ?? 0}–${counts?.to ?? 0}`
  const size = `${band.from}–${band.to}`
  return {
    component,
    village,
    households,
    gridsOutOfBand: missing.grids,
    householdsOutside: missing.households,
    message: {
      zh: `${village}：${households} 户按算术可划成 ${number} 个 ${size} 户的网格，但在搜索范围内没有找到；最接近的方案有 ${missing.grids} 个网格超出范围，共差 ${missing.households} 户。`,
      en: `${village}: arithmetic allows ${number} grids of ${size} for ${households} households, but none were found within the bounds of the search; the closest plan has ${missing.grids} grid(s) out of band, by ${missing.households} household(s).`,
    },
  }
}

function partsNote(graph: AtomGraph, { village, components }: VillageGround): ProposalNote[] {
  if (components.length < 2) return []
  const ids = components.map(({ component }) => graph.atoms[component.atoms[0]!]!.id)
  return [
    {
      code: 'village_in_parts',
      village,
      ids,
      message: {
        zh: `${village} 的土地分为 ${ids.length} 块互不相通，每块单独划分`,
        en: `the ground of ${village} is in ${ids.length} parts that no grid can join; each is divided by itself`,
      },
    },
  ]
}

/** Groups whose pieces no plan here puts together: an uncrossable barrier or another village lies between. */
function groupsApart(graph: AtomGraph, { village, components }: VillageGround): ProposalNote[] {
  const pieces = new Map<string, number>()
  for (const { pieces: own } of components)
    for (const group of own.group) if (group !== null) pieces.set(group, (pieces.get(group) ?? 0) + 1)
  const ids = [...pieces].flatMap(([group, count]) => (count > 1 ? [group] : [])).sort()
  if (ids.length === 0) return []
  return [
    {
      code: 'group_apart',
      village,
      ids,
      message: {
        zh: `${village} 的 ${ids.join('、')} 各部分互不相连，不能保证划入同一网格`,
        en: `parts of ${ids.join(', ')} in ${village} cannot be reached from one another and may be in several grids`,
      },
    },
  ]
}

/** Groups that the best plan divides, because they may be and no plan keeps all of them whole. */
function groupsCut(
  { atoms }: AtomGraph,
  { village, components }: VillageGround,
  best: readonly Partition[],
): ProposalNote[] {
  const ids = components.flatMap(({ pieces }, c) => {
    const gridsOf = new Map<string, Set<number>>()
    for (const [piece, own] of pieces.atoms.entries())
      for (const atom of pieces.group[piece] === null ? own : []) {
        const { group } = atoms[atom]!
        if (group !== null)
          gridsOf.set(group, (gridsOf.get(group) ?? new Set<number>()).add(best[c]!.grid[piece]!))
      }
    return [...gridsOf].flatMap(([group, grids]) => (grids.size > 1 ? [group] : []))
  })
  if (ids.length === 0) return []
  const named = ids.toSorted()
  return [
    {
      code: 'group_cut',
      village,
      ids: named,
      message: {
        zh: `${village}：已证明没有方案能使自然村全部完整，按所选分割了 ${named.join('、')}`,
        en: `${village}: no plan keeps all natural villages whole, which is proved; as was chosen, ${named.join(', ')} is in several grids`,
      },
    },
  ]
}

function exclaveNote({ atoms }: AtomGraph, { a, b }: AtomBorder): ProposalNote {
  const [p, q] = [atoms[a]!, atoms[b]!]
  return {
    code: 'exclave_joined',
    village: p.village,
    ids: [p.id, q.id],
    message: {
      zh: `${p.village} 有一块互不相连的土地户数不足，经 ${p.id} 与 ${q.id} 并入最近的土地，须申报为飞地`,
      en: `ground of ${p.village} with too few households goes with the nearest, over ${p.id} and ${q.id}: an exclave to be declared`,
    },
  }
}

const stoppedNote: ProposalNote = {
  code: 'stopped',
  village: '',
  ids: [],
  message: {
    zh: '搜索提前结束：结果是当时最好的方案，重复运行未必相同',
    en: 'the search was ended early: the plans are the best until then, and another run may differ',
  },
}
