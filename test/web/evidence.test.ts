/** What the patrol screen makes of evidence: stretches in both days, figures in their units, and no place in the order of a list. */
import { describe, expect, it } from 'vitest'
import type { EvidencePiece } from '../../server/contract/evidence.ts'
import { factOf } from '../../web/screens/patrol/evidence/data.ts'
import { isRegistered, jointId } from '../../web/screens/patrol/evidence/joint-patrols.tsx'
import {
  comparedLegend,
  comparedTraces,
  otherColors,
  spansOf,
} from '../../web/screens/patrol/evidence/layers.ts'
import { text } from '../../web/screens/patrol/evidence/text.ts'
import { byAttention, isShown, workersOf } from '../../web/screens/patrol/workers.ts'
import { row, say, toggle } from './patrol-day.ts'

const piece: EvidencePiece = {
  id: 'e1',
  code: 'replayed_trace',
  worker: 'W1',
  name: '王*',
  day: '2026-10-13',
  from: '2026-10-13T01:00:00Z',
  to: '2026-10-13T02:00:00Z',
  // A day and ten minutes after the other.
  other: { worker: 'W2', name: '李*', day: '2026-10-12', shift_seconds: 87_000 },
  figures: { rms_metres: 1.25 },
  stretches: [{ from: '2026-10-13T01:00:00Z', to: '2026-10-13T02:00:00Z' }],
  reading: { zh: '供核实', en: 'to be looked into' },
  innocent: [],
  notes: [],
}
const trace = (day: string, from: number, label: 'inside' | 'unobserved' = 'inside') => ({
  day,
  trace: [
    {
      label,
      from: `${day}T0${from}:00:00Z`,
      to: `${day}T0${from + 3}:00:00Z`,
      coordinates: [
        [119.6, 29.9],
        [119.63, 29.9],
      ] as [number, number][],
      seconds: [0, 10_800],
      reason: null,
    },
  ],
})
const partsOf = (layer: ReturnType<typeof comparedTraces>): unknown[] => {
  const { source } = layer
  if (source.type !== 'geojson' || typeof source.data === 'string') throw new Error(source.type)
  return source.data.features.map(({ properties }) => properties?.['part'] as unknown)
}

describe('two traces compared', () => {
  it('have the stretch where it lies in each day', () => {
    // 01:00Z is 09:00, 32,400 s; ten minutes earlier on the day before.
    expect(spansOf(piece, 'own')).toEqual([{ from: 32_400, to: 36_000 }])
    expect(spansOf(piece, 'other')).toEqual([{ from: 31_800, to: 35_400 }])
    expect(spansOf({ ...piece, other: null }, 'other')).toEqual([])
  })

  it('are drawn with the stretches of both; what was not observed is no line', () => {
    const own = trace('2026-10-13', 0)
    const layer = (other: Parameters<typeof comparedTraces>[2]) =>
      comparedTraces(piece, own, other, 'light', toggle)
    expect(partsOf(layer(undefined))).toEqual(['own-stretch'])
    expect(partsOf(layer(trace('2026-10-12', 0)))).toEqual(['own-stretch', 'other-stretch', 'other'])
    expect(partsOf(layer(trace('2026-10-12', 0, 'unobserved')))).not.toContain('other')
    const legend = comparedLegend(piece, 'light', 'en', say)
    expect(legend.entries.map(({ swatch }) => swatch)).toContainEqual({
      kind: 'line',
      color: otherColors.light,
      width: 3,
    })
    expect(legend.entries[1]!.label).toContain('李*')
  })
})

it('figures are said in the unit their names end with', () => {
  expect(factOf('rms_metres', 1.25).name).toBe(text.figures.rms_metres)
  expect(factOf('most_metres_per_second', 9.04).value).toBe('9.0 m/s')
  expect(factOf('median_offset_metres', 0.012).value).toBe('0.012 m')
  expect(factOf('fixes', 1234).value).toBe('1,234')
})

it('a suspicion is found by the filter, and moves nobody up the list', () => {
  const [calm, suspected, silent] = workersOf({
    rows: [
      row('W1'),
      row('W2', { flags: ['carried_together', 'vehicle'] }),
      row('W3', { flags: ['unobserved'] }),
    ],
    absent: [],
  })
  expect([suspected!, calm!, silent!].toSorted(byAttention).map((one) => one.worker)).toEqual([
    'W3',
    'W1',
    'W2',
  ])
  expect(isShown(suspected!, 'flag_vehicle')).toBe(true)
  expect(isShown(calm!, 'flag_vehicle')).toBe(false)
})

describe('joint patrols', () => {
  const patrol = {
    id: 'j1',
    workers: ['W1', 'W2', 'W3'],
    from: '2026-10-13',
    to: '2026-10-14',
    note: 'n',
    entered_by: 'duban',
    entered_at: '2026-10-14T01:00:00Z',
  }

  it('excuse both workers on their days, the last one excluded', () => {
    expect(isRegistered(piece, [patrol])).toBe(true)
    expect(isRegistered({ ...piece, day: '2026-10-14' }, [patrol])).toBe(false)
    expect(isRegistered({ ...piece, day: '2026-10-12' }, [patrol])).toBe(false)
    expect(isRegistered(piece, [{ ...patrol, workers: ['W1', 'W3'] }])).toBe(false)
    expect(isRegistered({ ...piece, other: null }, [patrol])).toBe(false)
  })

  it('have an id that is the same for either worker, another after a withdrawal, and fits', () => {
    expect(jointId(['W2', 'W1'], '2026-10-13', 36)).toBe('2026-10-13-W1-W2-10')
    expect(jointId(['W1', 'W2'], '2026-10-13', 37)).toBe('2026-10-13-W1-W2-11')
    // 9 characters hold the milliseconds of any moment until the year 5188: 36 ** 9 ms are 3,218 years.
    expect(jointId(['W'.repeat(64), 'V'.repeat(64)], '2026-10-13', 36 ** 9 - 1)).toHaveLength(64)
  })
})
