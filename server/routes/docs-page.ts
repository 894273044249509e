/** The page of /api/docs: reads /api/openapi.json and lists the operations. No library, no outside request. */
import { createHash } from 'node:crypto'

const script = `
const element = (name, text, ...children) => {
  const made = document.createElement(name)
  if (text) made.textContent = text
  made.append(...children)
  return made
}
const typeOf = (schema) => {
  if (!schema) return ''
  if (schema.$ref) return schema.$ref.split('/').pop()
  if (schema.enum) return schema.enum.join(' | ')
  if (schema.const) return JSON.stringify(schema.const)
  if (schema.type === 'array') return typeOf(schema.items) + '[]'
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ')
  return [schema.type].flat().join(' | ') + (schema.format ? ' (' + schema.format + ')' : '')
}
const row = (...cells) => element('tr', '', ...cells.map((cell) => element('td', cell)))
const response = await fetch('openapi.json')
const api = await response.json()
const main = document.querySelector('main')
document.title = api.info.title
main.append(element('h1', api.info.title + ' ' + api.info.version), element('p', api.info.description))
const tags = new Map()
for (const [path, methods] of Object.entries(api.paths))
  for (const [method, one] of Object.entries(methods)) {
    const tag = one.tags[0]
    tags.set(tag, [...(tags.get(tag) ?? []), { path, method, one }])
  }
for (const [tag, list] of tags) {
  main.append(element('h2', tag))
  for (const { path, method, one } of list) {
    const details = element('details', '', element('summary', '', element('b', method.toUpperCase()), element('code', path), element('span', one.summary)))
    if (one.parameters.length > 0) {
      const table = element('table')
      for (const p of one.parameters)
        table.append(row(p.name + (p.required ? ' *' : ''), p.in, typeOf(p.schema), p.description ?? ''))
      details.append(table)
    }
    for (const [type, content] of Object.entries(one.requestBody?.content ?? {}))
      details.append(element('p', '→ ' + type + ' ' + typeOf(content.schema)))
    for (const [status, answer] of Object.entries(one.responses))
      for (const [type, content] of Object.entries(answer.content ?? { '': {} }))
        details.append(element('p', status + ' ' + type + ' ' + typeOf(content.schema) + ' — ' + answer.description))
    main.append(details)
  }
}
main.append(element('h2', 'schemas'))
for (const [name, schema] of Object.entries(api.components.schemas))
  main.append(element('details', '', element('summary', '', element('code', name)), element('pre', JSON.stringify(schema, null, 2))))
`

const style = `
:root { color-scheme: light dark; font: 14px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif }
main { max-width: 960px; margin: 0 auto; padding: 24px 16px 64px }
h1 { font-size: 20px } h2 { font-size: 16px; margin-top: 32px }
details { border-top: 1px solid #8884; padding: 6px 0 }
summary { cursor: pointer } summary > * { margin-right: 12px }
summary b { display: inline-block; min-width: 64px; color: light-dark(#1456f0, #7aa2ff); font-weight: 600 }
table { border-collapse: collapse; margin: 8px 0 } td { padding: 2px 16px 2px 0; vertical-align: top }
code, td { overflow-wrap: anywhere } table { max-width: 100% }
pre { overflow: auto; font-size: 12px }
`

export const docsPage = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API</title><style>${style}</style></head>
<body><main></main><script type="module">${script}</script></body>
</html>
`

/** The page's script as a source of the content security policy. */
export const docsScriptHash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`
