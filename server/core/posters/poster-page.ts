/** A poster as an HTML page of one sheet, for the screen and for any printer; without scripts and without outside requests. */
import type { Sheet } from './sheet.ts'
import { escapeText } from './svg.ts'
import type { Language } from './words.ts'

export interface PageLink {
  readonly text: string
  readonly href: string
  readonly isCurrent?: boolean
}

export interface PosterPage {
  readonly title: string
  readonly language: Language
  readonly sheet: Sheet
  /** The sheet, as SVG in millimetres. */
  readonly svg: string
  /** Above the sheet, on the screen only. */
  readonly links: readonly PageLink[]
  /** What to know before printing, on the screen only. May end in a link. */
  readonly notices: readonly { readonly text: string; readonly link?: PageLink }[]
}

/** Chinese first, as on the screen; `sans-serif` where the machine has none of them. */
const fonts = `'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','WenQuanYi Micro Hei',sans-serif`

/** The whole document. All text is escaped here or was when the SVG was written. */
export function posterPage({ title, language, sheet, svg, links, notices }: PosterPage): string {
  const link = ({ text, href, isCurrent }: PageLink): string =>
    isCurrent ? `<b>${escapeText(text)}</b>` : `<a href="${escapeText(href)}">${escapeText(text)}</a>`
  const bar = [
    ...links.map(link),
    ...notices.map((one) => `<p>${escapeText(one.text)}${one.link ? link(one.link) : ''}</p>`),
  ].join('\n')
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeText(title)}</title>
<style>
@page { size: ${sheet.width}mm ${sheet.height}mm; margin: 0 }
html, body { margin: 0; padding: 0; -webkit-print-color-adjust: exact; print-color-adjust: exact }
body { font-family: ${fonts}; font-variant-numeric: tabular-nums }
main { width: ${sheet.width}mm; height: ${sheet.height}mm; overflow: hidden; background: #fff }
main svg { display: block; font-family: inherit }
nav { font-size: 14px; line-height: 1.6; color: #1f2329; padding: 12px 16px; display: flex; flex-wrap: wrap; gap: 4px 16px }
nav a { color: #1456f0 } nav p { margin: 0; flex-basis: 100%; color: #646a73 }
@media screen { html { background: #f5f6f7 } main { margin: 0 16px 16px; box-shadow: 0 2px 12px #0002 } }
@media print { nav { display: none } main { height: ${sheet.height - 0.5}mm } }
</style>
</head>
<body>
<nav>
${bar}
</nav>
<main>${svg}</main>
</body>
</html>
`
}
