/**
 * Repairs of a division: what can be done about each problem of its lines, what it would move, and what is safe to do unasked.
 *
 * A problem is a stretch of ground with the wrong owners: none, several, or one outside the area. In the drawing of the
 * residue it is a set of faces, so a repair is a new owner for faces, and polygons drawn again from the same lines match
 * edge for edge (`redraw`). Recommended is what leaves protected grids as they are, takes no grid's last ground, cuts none in
 * pieces, moves the fewest households and, of what is left, keeps the longest common line. Area alone decides nothing.
 */
import type { Message } from '../../values.ts'
import { checkLayer, type Layer, layersOf } from '../check-layer.ts'
import { judgeCodes } from '../judge-grids.ts'
import { type NumberedFinding, numberFindings } from '../number-problems.ts'
import { describeOption } from './describe-option.ts'
import { type DraftOption, isLeftWithout, lostBy, optionsFor } from './options.ts'
import { edgesOfPieces, regionsOfPieces } from './part-regions.ts'
import { type Ground, groundOf } from './settle.ts'
import type { Repair, RepairInput } from './values.ts'

/** A repair and what its options do. */
export interface DraftRepair {
  readonly repair: Repair
  /** By the option's id. */
  readonly drafts: ReadonlyMap<string, DraftOption>
}

/** A layer of the division with its repairs. */
export interface LayerRepairs {
  readonly layer: Layer
  readonly repairs: readonly DraftRepair[]
}

/**
 * The possible repairs of every problem that `checkDivision` finds in the same input, in its order. Problems that no line can
 * settle (sizes, codes, split villages, households outside) have no option, and say so.
 */
export function proposeRepairs(input: RepairInput): Repair[] {
  const grids = layersOf(input).flatMap((layer) => layer.grids)
  const codes = numberFindings(judgeCodes(grids, input.codePattern), undefined, undefined)
  return [
    ...draftRepairs(input).flatMap(({ repairs }) => repairs.map(({ repair }) => repair)),
    ...codes.map(
      ({ problem }): Repair => ({ problem, options: [], recommended: null, reason: reasons.beyondRepair }),
    ),
  ]
}

/** The same with the drawing they are made on. */
export function draftRepairs(input: RepairInput): LayerRepairs[] {
  const locked = new Set(input.protectedGrids)
  return layersOf(input).map(({ grids, within }, level) => {
    const anchors = [
      ...(within ? [grids.length] : []),
      ...grids.flatMap(({ code }, owner) => (locked.has(code) ? [owner] : [])),
    ]
    // Microgrids divide their parent's ground; the rest was judged with the grids.
    const { villages: _villages, buildings: _buildings, sizes: _sizes, ...rest } = input
    const asked = level === 0 ? input : rest
    let layer = checkLayer(grids, within, asked, { anchors })
    const alsoDraw = edgesOfPieces(layer)
    if (alsoDraw.length > 0) layer = checkLayer(grids, within, asked, { anchors, alsoDraw })
    const ground = groundOf(layer, input, regionsOfPieces(layer))
    return { layer, repairs: repairsOf(ground, level) }
  })
}

function repairsOf(ground: Ground, level: number): DraftRepair[] {
  const lost = new Map<number, number>()
  return ground.layer.findings
    .filter(({ problem }) => level === 0 || problem.household === undefined)
    .map((one) => {
      const options = optionsFor(ground, one.finding)
      const choice = choose(ground, one, options, lost)
      for (const owner of choice.option?.deed.transfers.flatMap(({ from }) => from) ?? [])
        lost.set(owner, lostBy(owner, choice.option!.deed.transfers) + (lost.get(owner) ?? 0))
      const described = options.map((draft) => ({
        draft,
        option: describeOption(ground, one.problem, draft),
      }))
      return {
        repair: {
          problem: one.problem,
          options: described.map(({ option }) => option),
          recommended: described.find(({ draft }) => draft === choice.option)?.option.id ?? null,
          reason: choice.reason,
        },
        drafts: new Map(described.map(({ option, draft }) => [option.id, draft])),
      }
    })
}

interface Choice {
  readonly option: DraftOption | null
  readonly reason: Message
}

function choose(
  ground: Ground,
  { finding }: NumberedFinding,
  options: readonly DraftOption[],
  lost: ReadonlyMap<number, number>,
): Choice {
  const left = (reason: Message): Choice => ({ option: null, reason })
  const isPiece = finding.code === 'disconnected_part'
  if (options.length === 0) return left(isPiece ? reasons.maybeExclave : reasons.beyondRepair)
  const width = finding.widthMetres ?? 0
  const { maxGapWidthMetres = Number.POSITIVE_INFINITY, gapWidthMetres = 10 } = ground.input
  const isOpening = finding.code === 'gap' || finding.code === 'hole' || finding.code === 'inlet'
  if (isOpening && width > maxGapWidthMetres) return left(reasons.tooWide)
  if (isPiece && (width > gapWidthMetres || (options[0]!.households ?? 0) > 0))
    return left(reasons.maybeExclave)
  const harmless = options.filter((one) => one.cost[0] === 0)
  if (harmless.length === 0) return left(reasons.protected)
  const option = harmless.find(({ deed: { transfers } }) =>
    transfers
      .flatMap(({ from }) => from)
      .every((owner) => !isLeftWithout(ground, owner, transfers, lost.get(owner))),
  )
  if (!option) return left(reasons.lastGround)
  if (option.action === 'make_valid') return { option, reason: reasons.wound }
  if (option.action === 'match') return { option, reason: reasons.eachStretch }
  if (option.action === 'clip') return { option, reason: reasons.outside }
  return {
    option,
    reason: harmless.length < options.length ? reasons.besideProtected : whyBest(options, option),
  }
}

/** The first thing that the best option has better than the next. */
function whyBest(options: readonly DraftOption[], best: DraftOption): Message {
  const next = options.find((one) => one !== best && one.action === best.action)
  if (!next) return reasons.only
  const differs = best.cost.findIndex((cost, i) => cost !== next.cost[i])
  return (
    [reasons.protected, reasons.keepsGround, reasons.whole, reasons.fewest, reasons.longest][differs] ??
    reasons.order
  )
}

const reasons = {
  beyondRepair: { zh: '不是修补能解决的，须由人决定', en: 'no repair settles it; a person has to decide' },
  tooWide: {
    zh: '空白宽于上限，可能是有意留出，未处理',
    en: 'wider than the limit: it may be meant, and stays',
  },
  maybeExclave: {
    zh: '可能是飞地，未处理；如确为飞地，请申报块数',
    en: 'it may be an exclave and stays; declare the number of parts if it is',
  },
  protected: {
    zh: '每种办法都会改动受保护的网格，须由人决定',
    en: 'every way changes a protected grid; a person has to decide',
  },
  lastGround: {
    zh: '每种办法都会使一个网格失去全部范围，须由人决定',
    en: 'every way takes all of a grid’s ground; a person has to decide',
  },
  besideProtected: { zh: '不改动受保护的网格', en: 'it leaves protected grids as they are' },
  keepsGround: { zh: '不使任何网格失去全部范围', en: 'it takes no grid’s last ground' },
  whole: { zh: '不使网格断开', en: 'it cuts no grid in pieces' },
  fewest: { zh: '变动户数最少', en: 'it moves the fewest households' },
  longest: { zh: '公共边最长', en: 'it keeps the longest common line' },
  order: { zh: '各办法相当，取编码在前者', en: 'all are equal; the first code is taken' },
  only: { zh: '唯一的办法', en: 'it is the only way' },
  eachStretch: { zh: '每一段归与之最合的邻居', en: 'each stretch goes to the neighbour it fits best' },
  outside: { zh: '网格不应超出区域', en: 'a grid does not reach outside its area' },
  wound: { zh: '保留环所围的全部范围，面积不变', en: 'it keeps all that its rings enclose' },
} as const satisfies Record<string, Message>
