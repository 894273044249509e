import { describe, expect, it } from 'vitest'
import type { RepairMessage } from '../../server/contract/repairs.ts'
import { bandColors } from '../../web/map/palette.ts'
import { patternNames } from '../../web/map/patterns.ts'
import {
  chosenOptions,
  type RepairOption,
  withChoice,
  withRecommended,
} from '../../web/screens/plan/repairs/chosen.ts'
import { repairLayer } from '../../web/screens/plan/repairs/layer.ts'
import { grids, problem } from './small-town.ts'

const square = {
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ],
  ],
}
const message = { zh: '归', en: 'give' }
const option = (id: string, grid: string | null): RepairOption => ({
  id,
  action: grid === null ? 'split' : 'give',
  grid,
  area_m2: 90,
  households: 2,
  grows: [{ grid: grid ?? '103', area_m2: 90 }],
  shrinks: [],
  removes: [],
  message,
  geometry: square,
})
const repair = (id: string, options: readonly RepairOption[], recommended: string | null): RepairMessage => ({
  problem: problem(id),
  options: [...options],
  recommended,
  reason: message,
})
const repairs = [
  repair('gap', [option('gap-101', '101'), option('gap-102', '102')], 'gap-101'),
  repair('overlap', [option('overlap-split', null)], 'overlap-split'),
  repair('piece', [option('piece-102', '102')], null),
  repair('lost', [], null),
]

describe('chosen repairs', () => {
  it('are one a problem; another replaces it, null takes it out', () => {
    const one = withChoice(new Map(), 'gap', 'gap-101')
    const other = withChoice(one, 'gap', 'gap-102')
    expect([...one]).toEqual([['gap', 'gap-101']])
    expect([...other]).toEqual([['gap', 'gap-102']])
    expect([...withChoice(other, 'gap', null)]).toEqual([])
  })

  it('keep what a person chose when all recommended ones are taken, and take none that is not recommended', () => {
    const all = withRecommended(new Map([['gap', 'gap-102']]), repairs)
    expect([...all]).toEqual([
      ['gap', 'gap-102'],
      ['overlap', 'overlap-split'],
    ])
  })

  it('leave out what the division no longer offers', () => {
    const chosen = new Map([
      ['piece', 'piece-102'],
      ['gap', 'gap-of-yesterday'],
      ['overlap', 'overlap-split'],
    ])
    expect(chosenOptions(chosen, repairs).map(({ id }) => id)).toEqual(['overlap-split', 'piece-102'])
  })
})

describe('the ground they move', () => {
  const toggle = { id: 'repairs', label: 'Repairs', shown: true }
  const options = [option('gap-102', '102'), option('overlap-split', null), option('far', '999')]
  const layer = repairLayer(options, 'overlap-split', grids, 'light', toggle)

  it('has the colour of the grid that gets it, by its band; a grid nobody knows counts as in the band', () => {
    const { source } = layer
    if (source.type !== 'geojson') throw new Error('not drawn from data')
    expect(source.data.features.map(({ properties }) => properties)).toEqual([
      { id: 'gap-102', color: bandColors.light.below, preview: false },
      { id: 'overlap-split', color: bandColors.light.far_above, preview: true },
      { id: 'far', color: bandColors.light.in_band, preview: false },
    ])
  })

  it('is hatched with a pattern the map has', () => {
    const patterns = layer.layers.flatMap(({ paint }) =>
      paint && 'fill-pattern' in paint ? [paint['fill-pattern']] : [],
    )
    expect(patterns).toEqual(['hatch-moved'])
    expect(patternNames).toContain('hatch-moved')
  })
})
