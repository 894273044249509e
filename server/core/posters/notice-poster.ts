/** A grid's notice (公示牌), A4 or larger, standing: where the grid is, who answers for it, what they do, whom to call, a QR code. */
import type { GroundInput } from './draw-ground.ts'
import { drawMap } from './draw-map.ts'
import { type Block, firstThatFits, paragraph, setBlocks, space, withMark } from './flow.ts'
import { legendBlocks } from './legend.ts'
import type { PosterGround } from './map-input.ts'
import { accent, ground as colors, ink, secondInk } from './map-style.ts'
import { boundsOf, fitMap, type MapView } from './map-view.ts'
import type { NoticePolicy } from './notice-policy.ts'
import { qrCode } from './qr-code.ts'
import { type PaperSize, type Rect, type Sheet, sheetOf } from './sheet.ts'
import { element, textAt } from './svg.ts'
import { drawTeam, type TeamMember } from './team-cards.ts'
import { textWidth } from './text-size.ts'
import { tints } from './tints.ts'
import { boundsOfGrid, heading, type PosterGrid, shortName } from './village-poster.ts'
import { dayText, type Language, numberText, say, words } from './words.ts'

export interface NoticeInput {
  readonly grid: PosterGrid
  readonly areaSquareMetres: number
  /** The grids around, the grid itself among them. */
  readonly grids: readonly PosterGrid[]
  readonly village: string
  readonly above: readonly string[]
  readonly team: readonly TeamMember[]
  readonly policy: NoticePolicy
  /** Address of the grid in the web application. */
  readonly link: string
  readonly day: string
  readonly made: string
  readonly language: Language
}

export interface NoticeLayout {
  readonly sheet: Sheet
  /** Millimetres of this sheet for one of A4. */
  readonly u: number
  readonly view: MapView
}

const MARGIN = 12

/** Ask for the ground of `view.bounds`. */
export function noticeLayout(grid: PosterGrid, size: PaperSize): NoticeLayout {
  const sheet = sheetOf(size, 'portrait')
  const u = sheet.width / 210
  const frame = { x: MARGIN * u, y: 40 * u, width: 118 * u, height: 98 * u }
  return { sheet, u, view: fitMap(boundsOf([grid.geometry]), frame, 7 * u) }
}

/** The notice as SVG in millimetres. */
export function noticePoster(input: NoticeInput, ground: PosterGround, layout: NoticeLayout): string {
  const { sheet, u, view } = layout
  const { grid, grids, village, language, team } = input
  const rect = (x: number, y: number, width: number, height: number): Rect => ({
    x: x * u,
    y: y * u,
    width: width * u,
    height: height * u,
  })
  const map: GroundInput = {
    view,
    unit: u,
    ground,
    outline: grid.geometry,
    outlineStyle: 'grid',
    grids: grids.map((one) => ({
      code: one.code,
      kind: one.kind,
      geometry: one.geometry,
      lines: [shortName(one, village)],
      tint: one.code === grid.code ? tints[0] : null,
    })),
  }
  const drawn = drawMap(map, { scale: words.scale[language], north: words.north[language] })
  const facts = rect(136, 40, 62, 98)
  function* factSettings(): Generator<Block[]> {
    for (const size of [3.6, 3.3, 3, 2.7, 2.4])
      yield [
        ...factBlocks(input, ground, facts.width, size * u),
        space(2 * u),
        heading(words.legend[language], size * u, facts.width),
        ...legendBlocks(map, drawn, language, facts.width, size * 0.86 * u),
      ]
    yield factBlocks(input, ground, facts.width, 2.4 * u)
  }
  const title = (text: string, y: number, width: number): string =>
    setBlocks([heading(text, 4 * u, width * u)], [rect(MARGIN, y, width, 12)]) ?? ''
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: `${sheet.width}mm`,
      height: `${sheet.height}mm`,
      viewBox: `0 0 ${sheet.width} ${sheet.height}`,
    },
    [
      drawTitle(input, u),
      drawn.svg,
      firstThatFits(factSettings(), [facts]) ?? '',
      title(words.team[language], 142, 186),
      drawTeam(team, language, rect(MARGIN, 153, 186, 53), u),
      title(words.duties[language], 210, 128),
      drawDuties(input, rect(MARGIN, 220.5, 128, 61), u),
      drawContact(input, rect(148, 210, 50, 72), u),
      drawFoot(input, u),
    ].join(''),
  )
}

function drawTitle({ grid, village, above, language }: NoticeInput, u: number): string {
  const place = [...above, village].join(language === 'zh' ? '' : ' ')
  const text = say(language, words.noticeTitle, { grid: shortName(grid, village) })
  const size = Math.min(11 * u, (186 * u * 11 * u) / textWidth(text, 11 * u))
  return (
    textAt(place, 105 * u, 14 * u, { size: 4.6 * u, fill: secondInk, anchor: 'middle' }) +
    textAt(text, 105 * u, 25 * u, { size, fill: ink, weight: 'bold', anchor: 'middle' }) +
    element('rect', { x: MARGIN * u, y: 34 * u, width: 186 * u, height: 1.2 * u, fill: accent })
  )
}

/** Name and value on a line each; values wrap. */
function factBlocks(input: NoticeInput, ground: PosterGround, width: number, size: number): Block[] {
  const { grid, village, language } = input
  const facts = [
    [words.code, grid.code],
    [words.village, village],
    [words.households, numberText(grid.households)],
    [words.persons, numberText(grid.persons)],
    [words.area, say(language, words.hectares, { n: (input.areaSquareMetres / 10_000).toFixed(1) })],
    [words.fourBounds, boundsOfGrid(grid, input, ground)],
  ] as const
  const indent = Math.max(...facts.map(([name]) => textWidth(name[language], size))) + size
  return facts.flatMap(([name, value]) => [
    withMark(paragraph(value, width - indent, { size, fill: ink }), indent, (x, y) =>
      textAt(name[language], x, y + size * 0.725, { size, fill: secondInk }),
    ),
    space(size * 0.4),
  ])
}

function drawDuties({ policy, language }: NoticeInput, area: Rect, u: number): string {
  function* settings(): Generator<Block[]> {
    for (let size = 4; size >= 1.6; size -= 0.2)
      yield policy.duties.flatMap((duty, i) => [
        withMark(
          paragraph(duty[language], area.width - 2 * size * u, { size: size * u, fill: ink }),
          2 * size * u,
          (x, y) => textAt(`${i + 1}.`, x, y + size * u * 0.725, { size: size * u, fill: secondInk }),
        ),
        space(size * u * 0.45),
      ])
  }
  return firstThatFits(settings(), [area]) ?? ''
}

/** Supervisory phone and QR code, in a frame of their own. */
function drawContact({ policy, link, language }: NoticeInput, area: Rect, u: number): string {
  const x = area.x + area.width / 2
  const phone = policy.supervisoryPhone
  const middle = { fill: ink, anchor: 'middle' } as const
  return [
    element('rect', { ...area, rx: 1.5 * u, fill: colors.land }),
    textAt(words.supervisoryPhone[language], x, area.y + 5 * u, {
      size: 3.8 * u,
      fill: secondInk,
      anchor: 'middle',
    }),
    phone === null
      ? drawBlank(words.phoneMissing[language], x, area.y + 13 * u, u)
      : textAt(phone, x, area.y + 12.5 * u, {
          ...middle,
          size: Math.min(7 * u, (area.width - 4 * u) / textWidth(phone, 1)),
          weight: 'bold',
        }),
    drawQr(link, { x: x - 20 * u, y: area.y + 20 * u, width: 40 * u, height: 40 * u }),
    textAt(words.scan[language], x, area.y + 66 * u, { ...middle, size: 3.4 * u }),
  ].join('')
}

/** A line to write on, and what belongs there. */
const drawBlank = (text: string, x: number, y: number, u: number): string =>
  element('line', {
    x1: x - 20 * u,
    y1: y,
    x2: x + 20 * u,
    y2: y,
    stroke: secondInk,
    'stroke-width': 0.2 * u,
  }) + textAt(text, x, y + 2.8 * u, { size: 2.6 * u, fill: secondInk, anchor: 'middle' })

/** The code with its quiet zone of four modules; nothing for an address too long for it. */
function drawQr(link: string, { x, y, width, height }: Rect): string {
  const code = qrCode(link)
  if (!code) return ''
  const side = width / (code.size + 8)
  const runs = code.modules.flatMap((row, r) =>
    [
      ...row
        .map((dark) => (dark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map((run) => `M${run.index + 4} ${r + 4}h${run[0].length}v1h-${run[0].length}z`),
  )
  return (
    element('rect', { x, y, width, height, fill: '#FFFFFF' }) +
    element('path', {
      d: runs.join(''),
      transform: `translate(${x} ${y}) scale(${side})`,
      fill: '#000000',
      'shape-rendering': 'crispEdges',
      'data-qr': link,
    })
  )
}

function drawFoot({ day, made, language }: NoticeInput, u: number): string {
  const style = { size: 2.8 * u, fill: secondInk }
  return (
    textAt(say(language, words.inForce, { day: dayText(language, day) }), MARGIN * u, 288 * u, style) +
    textAt(say(language, words.made, { day: dayText(language, made) }), 198 * u, 288 * u, {
      ...style,
      anchor: 'end',
    })
  )
}
