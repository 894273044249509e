/** What the patrol screen draws and how it explains its figures. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visitAgeColors } from '../../web/map/palette.ts'
import { derivationOf, evidenceFact, shareOfTime } from '../../web/screens/patrol/derivation.ts'
import {
  ageClassOf,
  markedPart,
  reachedHouseholds,
  stayRadius,
  stayRings,
  workerTrace,
} from '../../web/screens/patrol/layers.ts'
import { ageLegend, reachLegend, stayLegend, traceLegend } from '../../web/screens/patrol/legends.ts'
import { notCounted, reasonOf } from '../../web/screens/patrol/not-counted.tsx'
import { flagsIn } from '../../web/screens/patrol/stretch-lists.tsx'
import { text } from '../../web/screens/patrol/text.ts'
import { day, detail, row, say, toggle } from './patrol-day.ts'

const featuresOf = (layer: ReturnType<typeof stayRings>) =>
  layer.source.type === 'geojson' ? layer.source.data.features : []

describe('layers and legends', () => {
  it('the trace answers the pointer by stretch; a stay is a ring, not a line', () => {
    const layer = workerTrace(detail, 'light', toggle)
    expect(layer.pick).toEqual({ kind: 'stretch', property: 'id' })
    expect(featuresOf(layer).map((one) => one.properties)).toEqual([
      { id: 'W1/28800-32400', label: 'inside' },
      { id: 'W1/36000-36600', label: 'outside' },
    ])
    expect(featuresOf(stayRings(detail, 'light', toggle)).map((one) => one.properties?.['id'])).toEqual([
      'W1/32400-36000',
    ])
  })

  it('a ring’s area goes with the minutes, up to a limit', () => {
    expect(stayRadius(20) ** 2 / stayRadius(5) ** 2).toBeCloseTo(4, 9)
    expect(stayRadius(600)).toBe(26)
  })

  it('households: reached, missed, missed though they must be visited; the legend counts the same', () => {
    const drawn = featuresOf(reachedHouseholds(detail, 'light', toggle)).map(
      (one) => one.properties?.['reach'],
    )
    expect(drawn).toEqual(['passed', 'must', 'missed'])
    expect(reachLegend(detail, 'light', say).entries.map((one) => one.count)).toEqual(['1', '1', '1'])
    expect(stayLegend(detail, 'light', say).entries.map((one) => one.count)).toEqual(['1', '0'])
    expect(traceLegend('trace', detail, 'light', say).entries.map((one) => [one.label, one.count])).toEqual([
      ['Inside', '1.0 h'],
      ['Outside', '10 min'],
      ['Unobserved', '0 s'],
      ['Unreliable', '0 s'],
    ])
  })

  it('the marked part and the cursor are drawn, nothing without them', () => {
    expect(featuresOf(markedPart(detail, null, null, 'light'))).toEqual([])
    const drawn = featuresOf(markedPart(detail, { from: 30_000, to: 31_000 }, [119.6, 29.9], 'light'))
    expect(drawn.map((one) => [one.properties?.['part'], one.geometry.type])).toEqual([
      ['span', 'LineString'],
      ['cursor', 'Point'],
    ])
  })

  it('days since a visit fall into the palette’s classes: 0–1, 2–3, 4–7, 8–14, more, never', () => {
    expect([0, 1, 2, 3, 4, 7, 8, 14, 15, 400, null].map(ageClassOf)).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5,
    ])
    const household = (days_since: number | null) => ({
      id: 'H',
      lon: 0,
      lat: 0,
      grid: null,
      must_visit: false,
      days_since,
    })
    const legend = ageLegend({ day, next: null, households: [1, 9, null, null].map(household) }, say)
    expect(legend.entries.map((one) => one.count)).toEqual(['1', '0', '0', '1', '0', '2'])
    expect(legend.entries).toHaveLength(visitAgeColors.length)
  })
})

describe('how a figure came about', () => {
  it('names what went in and the numbers of the policy, with units', () => {
    const [hours, kilometres] = row('W1').rules
    const why = derivationOf(hours!, row('W1'), detail.policy)
    // 13,200 s / 3600 = 3.67 h, of which 3.7 h is what people read.
    expect(why.inputs[0]).toEqual({ name: expect.anything(), value: '13,200 s = 3.7 h' })
    expect(why.policy.map((fact) => fact.value)).toEqual(['15 min', '15 m/s'])
    const far = derivationOf(kilometres!, row('W1'), detail.policy)
    expect(far.inputs.map((fact) => fact.value)).toEqual(['5,100.0 m', '400.0 m', '9,000.0 m'])
    expect(far.policy.map((fact) => fact.value)).toEqual(['10 m', '100 m', '15 min'])
  })

  it('gives the bound of the distance and the tolerant figure, and says which one is judged', () => {
    const [hours, kilometres] = row('W1').rules
    const [margin] = detail.margins
    const far = derivationOf(kilometres!, row('W1'), detail.policy, margin)
    expect(far.inputs.slice(3)).toEqual([
      { name: text.inputs.metres_error, value: '± 310.4 m' },
      { name: text.inputs.tolerant, value: '5,240.0 m' },
    ])
    // 13,700 s / 3600 = 3.81 h.
    const long = derivationOf(hours!, row('W1'), detail.policy, { ...margin!, judged: 'tolerant' })
    expect(long.inputs.at(-1)).toEqual({ name: text.inputs.tolerant_judged, value: '13,700 s = 3.8 h' })
    const unknown = { ...margin!, inside_error: null, tolerant: null }
    expect(derivationOf(kilometres!, row('W1'), detail.policy, unknown).inputs).toHaveLength(3)
  })

  it('lists what does not count, with the value found and the limit', () => {
    expect(notCounted(detail.trace).map(({ label, reason }) => [label, reason.code])).toEqual([
      ['outside', 'outside_grid'],
    ])
    expect(reasonOf({ code: 'low_accuracy', value: 180, limit: 100 }, say)).toBe(
      'An error radius of 180 m, beyond the limit of 100 m.',
    )
    expect(reasonOf({ code: 'implausible_speed', value: 20.04, limit: 15 }, say)).toContain('20.0 m/s')
    expect(reasonOf({ code: 'silence', value: 1200, limit: 900 }, say)).toContain('20 min')
    expect(reasonOf({ code: 'not_in_force', value: null, limit: null }, say)).toContain(
      'No grid was assigned',
    )
  })

  it('a rule this page does not know has no formula, and no invented numbers', () => {
    const unknown = {
      rule: 'meetings',
      required: 1,
      actual: 0,
      unit: 'x',
      met: false,
      error: null,
      within_error: null,
    }
    expect(derivationOf(unknown, row('W1'), detail.policy)).toEqual({
      formula: undefined,
      inputs: [],
      policy: [],
    })
  })

  it('the parts of the day add up to the whole', () => {
    const seconds = fc.integer({ min: 0, max: 20_000 })
    fc.assert(
      fc.property(
        fc.record({ inside: seconds, outside: seconds, unobserved: seconds, unreliable: seconds }),
        (parts) => {
          const shares = shareOfTime(row('W1', { seconds: parts }))
          const total = Object.values(parts).reduce((sum, one) => sum + one, 0)
          expect(shares.reduce((sum, one) => sum + one.seconds, 0)).toBe(total)
          expect(shares.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(total === 0 ? 0 : 1, 9)
        },
      ),
    )
  })

  it('flags are told once, however many grids tell of them, with their evidence in units', () => {
    const flag = {
      code: 'unobserved',
      from: '2026-10-13T02:00:00Z',
      to: '2026-10-13T02:20:00Z',
      evidence: { seconds: 1200 },
    }
    const earlier = { ...flag, code: 'low_accuracy', from: '2026-10-13T01:00:00Z' }
    expect(
      flagsIn({ results: [{ flags: [flag, earlier] }, { flags: [flag] }, {}] }).map((one) => one.code),
    ).toEqual(['low_accuracy', 'unobserved'])
    expect(evidenceFact('seconds', 1200).value).toBe('20 min')
    expect(evidenceFact('metres_per_second', 31.25).value).toBe('31.3 m/s')
    expect(evidenceFact('accuracy_metres', 240).value).toBe('240 m')
    expect(evidenceFact('fixes', 3).value).toBe('3')
  })
})
