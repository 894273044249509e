/** A sheet of check-in codes to print and cut: HTML that needs nothing from elsewhere. */
import { qrCode } from '../posters/qr-code.ts'
import { element, escapeText } from '../posters/svg.ts'

export interface CodeCard {
  readonly code: string
  readonly title: string
  readonly detail: string
}

export interface CodeSheet {
  readonly title: string
  readonly hint: string
  readonly language: 'zh' | 'en'
  readonly cards: readonly CodeCard[]
  /** Said instead of cards. */
  readonly none: string
}

const style = `
@page { size: A4; margin: 12mm }
body { margin: 0; font: 11pt "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif; color: #1F2329 }
h1 { font-size: 15pt; margin: 0 0 2mm } p { margin: 0 0 5mm; color: #646A73 }
.cards { display: grid; grid-template-columns: repeat(3, 1fr); gap: 4mm }
.card { break-inside: avoid; border: 0.3mm dashed #8A9099; padding: 4mm; text-align: center; overflow-wrap: anywhere }
.card svg { width: 40mm; height: 40mm; display: block; margin: 0 auto 2mm } .card small { color: #646A73 }
`

export function codeSheet({ title, hint, language, cards, none }: CodeSheet): string {
  const body =
    cards.length === 0
      ? element('p', {}, escapeText(none))
      : element('div', { class: 'cards' }, cards.map(cardOf).join(''))
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeText(title)}</title><style>${style}</style></head><body>${element('h1', {}, escapeText(title))}${element('p', {}, escapeText(hint))}${body}</body></html>`
}

function cardOf({ code, title, detail }: CodeCard): string {
  return element(
    'div',
    { class: 'card' },
    drawCode(code) + element('div', {}, escapeText(title)) + element('small', {}, escapeText(detail)),
  )
}

/** The code with its quiet zone of four modules; the text itself where it is too long for one. */
function drawCode(text: string): string {
  const code = qrCode(text)
  if (!code) return element('small', {}, escapeText(text))
  const side = code.size + 8
  const runs = code.modules.flatMap((row, r) =>
    [
      ...row
        .map((dark) => (dark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map((run) => `M${run.index + 4} ${r + 4}h${run[0].length}v1h-${run[0].length}z`),
  )
  return element(
    'svg',
    { viewBox: `0 0 ${side} ${side}`, 'shape-rendering': 'crispEdges', 'data-code': text },
    element('path', { d: runs.join(''), fill: '#000000' }),
  )
}
