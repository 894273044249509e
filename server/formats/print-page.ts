/** A page that any browser reads and prints: without scripts, without outside requests. */
import { escapeText } from '../core/posters/svg.ts'

export interface PageLink {
  readonly text: string
  readonly href: string
}

interface PrintPage {
  readonly title: string
  /** Default: `zh`. */
  readonly language?: 'zh' | 'en'
  /** CSS. */
  readonly style: string
  /** Above the page, on the screen only: the styles hide `nav` in print. */
  readonly links: readonly PageLink[]
  /** HTML of the page itself. */
  readonly body: string
}

export const printPage = ({ title, language, style, links, body }: PrintPage): string => `<!doctype html>
<html lang="${language === 'en' ? 'en' : 'zh-CN'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeText(title)}</title>
<style>${style}</style>
</head>
<body>
<nav>${links.map(({ text, href }) => `<a href="${escapeText(href)}">${escapeText(text)}</a>`).join(' ')}</nav>
<main>
${body}
</main>
</body>
</html>
`
