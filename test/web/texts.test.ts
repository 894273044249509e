/** Every text in both languages, with the same slots, in every folder of the web. */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../server/core/values.ts'
import { sayIn } from '../../web/i18n/language.ts'
import * as words from '../../web/i18n/words.ts'
import { problemKinds } from '../../web/screens/plan/problem-kinds.ts'

const web = fileURLToPath(new URL('../../web/', import.meta.url))
const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /(^|\/)[a-z-]*text\.ts$/.test(path),
)

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value

/** All messages within a value, with the path to each. */
function messagesIn(value: unknown, path: string): [string, Message][] {
  if (isMessage(value)) return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => messagesIn(part, `${path}.${key}`))
}

const slots = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)(?::[^|{}]+\|[^|{}]+)?\}/g)].map((match) => match[1] ?? '').toSorted()
const isChinese = /[\u4e00-\u9fff]/

const modules: [string, unknown][] = [
  ['words', words],
  ['problem kinds', problemKinds],
]
for (const file of files) modules.push([file, await import(/* @vite-ignore */ `${web}${file}`)])

describe('texts', () => {
  it('are found', () => expect(files.length).toBeGreaterThanOrEqual(3))

  it.each(modules)('%s: both languages say the same', (name, module) => {
    const messages = messagesIn(module, name)
    expect(messages.length).toBeGreaterThan(0)
    const wrong = messages.filter(([path, { zh, en }]) => {
      const sameSlots = slots(en).join() === slots(zh).join()
      // The switch itself is named in the other language.
      const english = /language$|switchLanguage$/i.test(path) || !isChinese.test(en)
      return zh.trim() === '' || en.trim() === '' || !sameSlots || !english
    })
    expect(wrong).toEqual([])
  })

  it('say one of one and many of everything else', () => {
    const days = { zh: '{n} 天，{m}', en: '{n:day|days}, {m}' } as const
    const said = (n: string | number): string => sayIn('en')(days, { n, m: 'x' })
    expect([said(0), said(1), said('1'), said('1.0'), said('21'), said('1,001'), said('—')]).toEqual([
      '0 days, x',
      '1 day, x',
      '1 day, x',
      '1.0 days, x',
      '21 days, x',
      '1,001 days, x',
      '— days, x',
    ])
    expect(sayIn('zh')(days, { n: 1, m: 'x' })).toBe('1 天，x')
  })

  it('fill their slots, and leave an unknown slot to be seen', () => {
    const say = sayIn('en')
    expect(say({ zh: '{n} 户', en: '{n} households' } as const, { n: '1,200' })).toBe('1,200 households')
    expect(sayIn('zh')({ zh: '第 {a} 到 {b}', en: '{a} to {b}' } as const, { a: 1, b: 2 })).toBe('第 1 到 2')
  })
})
