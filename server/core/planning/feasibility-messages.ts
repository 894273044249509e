/** What a judgement of feasibility says to people. */
import type { SizeBand } from '../policy/division-policy.ts'
import type { Message } from '../values.ts'
import type { Feasibility, Proof, Relaxation } from './feasibility-values.ts'

/** Units named in one sentence; the data have them all. */
const MOST_NAMED = 5

/** The judgement in one or more sentences: households, verdict, proofs, ways out. */
export function feasibilityMessage(judged: Omit<Feasibility, 'message'>, band: SizeBand): Message {
  const { village, households, verdict, counts } = judged
  const start = { zh: `${village}：${households} 户，`, en: `${village}: ${households} households, ` }
  const size = `${band.from}–${band.to}`
  if (verdict === 'impossible') {
    const why = joined(judged.proofs.map((proof) => proofMessage(proof, size)))
    const ways = joined(judged.relaxations.map((way) => relaxationMessage(way)))
    return {
      zh: `${start.zh}不可能全部划成 ${size} 户的网格：${why.zh}。可行办法：${ways.zh}。`,
      en: `${start.en}cannot be cut into grids of ${size}: ${why.en}. Ways out: ${ways.en}.`,
    }
  }
  const number = counts && counts.from < counts.to ? `${counts.from}–${counts.to}` : `${counts?.from ?? 0}`
  return verdict === 'feasible'
    ? {
        zh: `${start.zh}可以划成 ${number} 个 ${size} 户的网格（已证明）。`,
        en: `${start.en}${number} grid(s) of ${size} exist (proved).`,
      }
    : {
        zh: `${start.zh}按算术可划成 ${number} 个 ${size} 户的网格；地块能否拼成，须经搜索才知道。`,
        en: `${start.en}arithmetic allows ${number} grids of ${size}; whether the ground can be put together so, only a search can tell.`,
      }
}

const joined = (messages: readonly Message[]): Message => ({
  zh: messages.map(({ zh }) => zh).join('；'),
  en: messages.map(({ en }) => en).join('; '),
})

export function proofMessage(proof: Proof, size: string): Message {
  switch (proof.code) {
    case 'too_few_households':
      return {
        zh: `户数 ${proof.households} 不足一个网格的下限 ${proof.from}`,
        en: `${proof.households} households are fewer than the ${proof.from} one grid needs`,
      }
    case 'between_two_counts':
      return {
        zh: `${proof.grids} 个网格至多 ${proof.most} 户，${proof.grids + 1} 个网格至少 ${proof.least} 户，${proof.households} 户在两者之间`,
        en: `${proof.grids} grid(s) hold at most ${proof.most}, ${proof.grids + 1} need at least ${proof.least}, and ${proof.households} lies between`,
      }
    case 'unit_too_large': {
      const named = proof.units
        .slice(0, MOST_NAMED)
        .map((unit) => `${unit.id} (${unit.households})`)
        .join(', ')
      const rest = proof.units.length - MOST_NAMED
      return {
        zh: `不可分割的地块超过 ${proof.to} 户：${named}${rest > 0 ? ` 等 ${proof.units.length} 处` : ''}`,
        en: `indivisible ground holds more than ${proof.to}: ${named}${rest > 0 ? ` and ${rest} more` : ''}`,
      }
    }
    case 'every_plan_tried':
      return {
        zh: `${proof.units} 个地块的全部连片方案均已比较，最少仍有 ${proof.fewestOutOfBand} 个网格不在 ${size} 户之内`,
        en: `of all contiguous plans of its ${proof.units} units, the best leaves ${proof.fewestOutOfBand} grid(s) outside ${size}`,
      }
  }
}

/** @param nameOf what people call a natural village, by its id */
export function relaxationMessage(
  relaxation: Relaxation,
  nameOf: (group: string) => string = (id) => id,
): Message {
  switch (relaxation.code) {
    case 'other_band':
      return {
        zh: `户数范围改为 ${relaxation.band.from}–${relaxation.band.to}`,
        en: `a band of ${relaxation.band.from}–${relaxation.band.to}`,
      }
    case 'approve_exceptions':
      return {
        zh: `由上级批准至少 ${relaxation.grids} 个网格例外`,
        en: `approve at least ${relaxation.grids} grid(s) as exceptions`,
      }
    case 'divide_unit':
      return {
        zh: `批准分割 ${relaxation.unit.id}（${relaxation.unit.households} 户），或将其设为专属网格`,
        en: `approve dividing ${relaxation.unit.id} (${relaxation.unit.households} households), or make it a dedicated grid`,
      }
    case 'cut_groups': {
      const names = relaxation.groups.map(({ id }) => nameOf(id))
      const households = relaxation.groups.reduce((sum, one) => sum + one.households, 0)
      return {
        zh: `批准将自然村 ${names.join('、')}（共 ${households} 户）分在两个以上网格，其余自然村保持完整`,
        en: `approve dividing the natural village(s) ${names.join(', ')} (${households} households) between grids, all others kept whole`,
      }
    }
    case 'join_neighbour': {
      const { neighbour, sameVillage, households } = relaxation
      return sameVillage
        ? {
            zh: `与本村 ${neighbour.id} 一带合并（共 ${households} 户），申报飞地或补充通道`,
            en: `join ${neighbour.id} in the same village (${households} households together), as a declared exclave or over a new crossing`,
          }
        : {
            zh: `与相邻的 ${neighbour.village} ${neighbour.id} 一带合并（共 ${households} 户）`,
            en: `join ${neighbour.village} ${neighbour.id} beside it (${households} households together)`,
          }
    }
  }
}
