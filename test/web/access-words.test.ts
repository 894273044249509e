import { expect, it } from 'vitest'
import { subjectWords } from '../../web/frame/accesses/accesses.tsx'
import { sayIn } from '../../web/i18n/language.ts'

const words = (subject: string, language: 'zh' | 'en' = 'zh'): string =>
  subjectWords(subject, { say: sayIn(language), language, areaName: (code) => `<${code}>` })

it.each([
  ['worker:w1', '网格员 w1'],
  ['worker:w1/2026-10-08', '网格员 w1 · 2026年10月8日 周四的巡查'],
  ['worker:a/b/2026-10-08', '网格员 a/b · 2026年10月8日 周四的巡查'],
  ['workers/2026-10-08', '所见各网格员 · 2026年10月8日 周四的巡查'],
  ['workers', '所见各网格员'],
  ['household:h1,h2', '户 h1、h2'],
  ['household:', '没有找到户'],
  ['area:330', '<330>'],
  ['incident:i1', '事件 i1'],
  ['something else', 'something else'],
])('%s is %s', (subject, expected) => {
  expect(words(subject)).toBe(expected)
})

it('speaks English', () => {
  expect(words('worker:w1/2026-10-08', 'en')).toMatch(/^worker w1 · patrol of /)
})
