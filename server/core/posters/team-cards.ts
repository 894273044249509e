/** Who answers for a grid, as cards with room for a photo. */
import { hairline, ink, secondInk } from './map-style.ts'
import type { Rect } from './sheet.ts'
import { element, numeral, type TextStyle, textAt } from './svg.ts'
import { textWidth, wrapText } from './text-size.ts'
import { type Language, roleWord, say, words } from './words.ts'

export interface TeamMember {
  readonly id: string
  /** As it is to be shown: in the clear or masked. */
  readonly name: string
  readonly role: string
  readonly phone: string | null
}

interface Card {
  readonly role: string
  readonly name: string
  readonly phone: string
  readonly isVacant: boolean
}

/** Every grid has these three (1+1+1+N): where one is missing residents shall see that it is. */
const required = ['leader', 'full_time', 'instructor']
const MOST_TALL = 5
const MOST_CARDS = 8

export function drawTeam(team: readonly TeamMember[], language: Language, area: Rect, u: number): string {
  const cards = cardsOf(team, language)
  if (cards.length <= MOST_TALL) return drawTallCards(cards, language, area, u)
  const more = cards.slice(MOST_CARDS)
  const size = 2.8 * u
  const list = more
    .map((card) => `${card.role} ${card.name} ${card.phone}`)
    .join(language === 'zh' ? '；' : '; ')
  const also = more.length === 0 ? [] : wrapText(say(language, words.alsoOf, { list }), size, area.width)
  const foot = also.length * size * 1.4
  const lines = also.map((line, i) =>
    textAt(line, area.x, area.y + area.height - foot + (i + 0.5) * size * 1.4, { size, fill: ink }),
  )
  const rest = { ...area, height: area.height - foot }
  return drawFlatCards(cards.slice(0, MOST_CARDS), language, rest, u) + lines.join('')
}

function cardsOf(team: readonly TeamMember[], language: Language): Card[] {
  const missing = required.filter((role) => team.every((one) => one.role !== role))
  const order = ['leader', 'full_time', 'instructor', 'part_time', 'informant']
  const place = (role: string): number => (order.includes(role) ? order.indexOf(role) : order.length)
  return [
    ...team.map((one) => ({ ...one, isVacant: false })),
    ...missing.map((role) => ({ id: '', role, name: '', phone: null, isVacant: true })),
  ]
    .toSorted((p, q) => place(p.role) - place(q.role) || (p.id < q.id ? -1 : p.id > q.id ? 1 : 0))
    .map(({ role, name, phone, isVacant }) => ({
      role: roleWord(role)[language],
      name: isVacant ? words.vacant[language] : name,
      phone: isVacant ? '' : phone === null ? words.noPhone[language] : `${words.phone[language]} ${phone}`,
      isVacant,
    }))
}

/** One row: photo, role, name, phone below one another. */
function drawTallCards(cards: readonly Card[], language: Language, area: Rect, u: number): string {
  const width = area.width / cards.length
  const [photoWidth, photoHeight] = [24 * u, 33.6 * u]
  return cards
    .map((card, i) => {
      const x = area.x + width * (i + 0.5)
      const y = area.y
      const line = (text: string, at: number, style: TextStyle): string =>
        fitted(text, x, at, width - 2 * u, { ...style, anchor: 'middle' })
      return (
        drawPhoto({ x: x - photoWidth / 2, y, width: photoWidth, height: photoHeight }, card, language, u) +
        line(card.role, y + photoHeight + 3.8 * u, { size: 3.5 * u, fill: secondInk }) +
        line(card.name, y + photoHeight + 10 * u, { size: 6 * u, ...nameStyle(card) }) +
        line(card.phone, y + photoHeight + 16.4 * u, { size: 3.7 * u, fill: ink })
      )
    })
    .join('')
}

/** Two rows of four: the text at the right of the photo. */
function drawFlatCards(cards: readonly Card[], language: Language, area: Rect, u: number): string {
  const [columns, rows] = [4, 2]
  const [width, height] = [area.width / columns, area.height / rows]
  const photoHeight = height - 3 * u
  const photoWidth = (photoHeight * 5) / 7
  return cards
    .map((card, i) => {
      const x = area.x + (i % columns) * width
      const y = area.y + Math.floor(i / columns) * height
      const left = x + photoWidth + 2 * u
      const room = width - photoWidth - 4 * u
      return (
        drawPhoto({ x, y, width: photoWidth, height: photoHeight }, card, language, u) +
        fitted(card.role, left, y + photoHeight * 0.22, room, { size: 3.2 * u, fill: secondInk }) +
        fitted(card.name, left, y + photoHeight * 0.5, room, { size: 5 * u, ...nameStyle(card) }) +
        fitted(card.phone, left, y + photoHeight * 0.8, room, { size: 3.2 * u, fill: ink })
      )
    })
    .join('')
}

const nameStyle = (card: Card): Pick<TextStyle, 'fill' | 'weight'> =>
  card.isVacant ? { fill: secondInk } : { fill: ink, weight: 'bold' }

/** A line made smaller where it is wider than its room. */
function fitted(text: string, x: number, y: number, room: number, style: TextStyle): string {
  const width = textWidth(text, style.size)
  return text === '' ? '' : textAt(text, x, y, { ...style, size: style.size * Math.min(1, room / width) })
}

/** A frame in the proportions of a one-inch photo, which says what belongs there: none are stored. */
const drawPhoto = (frame: Rect, card: Card, language: Language, u: number): string =>
  element('rect', {
    ...frame,
    rx: u,
    fill: '#F5F6F7',
    stroke: card.isVacant ? hairline : secondInk,
    'stroke-width': 0.2 * u,
    'stroke-dasharray': `${numeral(1.2 * u)} ${numeral(u)}`,
  }) +
  (card.isVacant
    ? ''
    : textAt(words.photo[language], frame.x + frame.width / 2, frame.y + frame.height / 2, {
        size: 3 * u,
        fill: secondInk,
        anchor: 'middle',
      }))
