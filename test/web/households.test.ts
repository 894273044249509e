/** The households tab's pure parts: counts as they are written, depths of rows, grids by the age of their visits. */
import { expect, it } from 'vitest'
import type { CoverageOfGrid } from '../../server/contract/coverage.ts'
import { sayIn } from '../../web/i18n/language.ts'
import { visitAgeColors } from '../../web/map/palette.ts'
import { countText, depthsOf } from '../../web/screens/incidents/households/area-table.tsx'
import { categoryLabel } from '../../web/screens/incidents/households/ladder-table.tsx'
import { visitAgeClasses } from '../../web/screens/incidents/households/visit-ages.ts'

it('a count that is kept back is no zero, nor one that is not recorded', () => {
  expect([
    countText(null, true),
    countText(null, false),
    countText(0, false),
    countText(1234, false),
  ]).toEqual(['*', '—', '0', '1,234'])
})

it('rows lie below their parents', () => {
  const row = (code: string, parent: string | null) => ({
    code,
    parent,
    level: 'grid',
    grid: null,
    name: null,
    hidden: [],
  })
  expect([...depthsOf([row('t', null), row('v', 't'), row('g', 'v'), row('t/', 't')]).values()]).toEqual([
    0, 1, 2, 1,
  ])
})

it('a category says how many of it were visited, or that it may not say', () => {
  const one = {
    category: 'disabled',
    title: { zh: '残疾人', en: 'Disabled' },
    registered: 30,
    located: 30,
    assigned: 30,
    visited: null,
    remaining: null,
    hidden: ['visited'],
  }
  expect(categoryLabel(one, sayIn('zh'))).toBe('残疾人 * / 30')
})

it('grids are coloured by the median age of their households, never visited ones in red, empty ones not', () => {
  const grid = (code: string, total: number, median_days: number | null) =>
    ({ grid: code, households: { total, median_days } }) as CoverageOfGrid
  const classes = visitAgeClasses([grid('a', 5, 1), grid('b', 5, 4), grid('c', 5, null), grid('d', 0, null)])
  expect(classes.map(({ codes }) => codes)).toEqual([['a'], [], ['b'], [], [], ['c']])
  expect(classes.at(-1)!.color).toBe(visitAgeColors.at(-1)!.color)
})
