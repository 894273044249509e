/** How a report looks on A4 and on the screen. */

/** Chinese first; `sans-serif` where the machine has none of them. */
export const fonts = `'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','WenQuanYi Micro Hei',sans-serif`

/** @param title stands at the head of every printed page, the number of the page at its foot (Chromium 131 and later) */
export const pageStyle = (title: string): string => `
@page {
  size: A4; margin: 18mm 16mm;
  @top-right { content: ${cssString(title)}; font: 8pt ${fonts}; color: #5c626b }
  @bottom-center { content: '第 ' counter(page) ' 页，共 ' counter(pages) ' 页'; font: 8pt ${fonts}; color: #5c626b }
}
html, body { margin: 0; padding: 0; -webkit-print-color-adjust: exact; print-color-adjust: exact }
body { font: 10pt/1.6 ${fonts}; font-variant-numeric: tabular-nums; color: #1f2329 }
main { width: 178mm; background: #fff }
h1 { font-size: 17pt; line-height: 1.3; text-align: center; margin: 0 0 5mm }
h2 { font-size: 12pt; margin: 6mm 0 2mm; break-after: avoid }
p { margin: 0 0 1mm }
.quiet { font-size: 8.5pt; color: #5c626b; break-before: avoid }
table { width: 100%; border-collapse: collapse; font-size: 9pt; line-height: 1.4; margin: 0 0 2mm }
th, td { border: 0.2mm solid #b9bdc4; padding: 0.9mm 1.6mm; text-align: left; vertical-align: top; overflow-wrap: anywhere }
thead th, .facts th, .sign th { background: #f2f3f5; font-weight: 600 }
tfoot td { font-weight: 600 }
.n { text-align: right }
tr, figure { break-inside: avoid }
.facts th { width: 26mm } .sign th { white-space: nowrap } .sign td { height: 16mm }
.maps { display: flex; justify-content: space-between; break-inside: avoid }
figure { margin: 0 } figure svg { display: block; font-family: inherit } figcaption { font-size: 8.5pt; margin-top: 1mm; width: 86mm }
.signatures { break-inside: avoid }
nav { font-size: 14px; padding: 12px 16px; display: flex; gap: 16px } nav a { color: #1456f0 }
@media screen { html { background: #f5f6f7 } main { margin: 0 16px 16px; padding: 16mm; box-shadow: 0 2px 12px #0002 } }
@media print { nav { display: none } }
`

/** A CSS string, inside a style element, too: whatever is neither letter nor digit is written as an escape. */
export const cssString = (value: string): string =>
  `'${Array.from(value, (character) =>
    /[\p{L}\p{N}]/u.test(character) ? character : `\\${character.codePointAt(0)!.toString(16)} `,
  ).join('')}'`
