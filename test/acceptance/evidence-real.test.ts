/**
 * Evidence in GeoLife's traces of Beijing: 76 days of 10 people who knew of no patrol. Its README: users 000 and 003 are the same files
 * under two ids, the others are honest.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ScreenedDay, screenDays } from '../../server/core/evidence/screen-days.ts'
import type { Evidence } from '../../server/core/evidence/values.ts'
import { usualEvidence } from '../../server/core/policy/evidence-policy.ts'
import { fourHoursThreeKilometres } from '../../server/core/policy/patrol-policy.ts'
import { localDayOf } from '../../server/core/trajectories/local-day.ts'
import { readWorkerDay } from '../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../server/core/trajectories/order-fixes.ts'
import type { Fix } from '../../server/core/values.ts'
import { hasRealData, realData } from '../support/real-data.ts'

/** Six header lines, then latitude, longitude, 0, feet, days, date, time in GMT. */
function fixesOf(file: string): Fix[] {
  const lines = readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(6)
  return lines.map((line) => {
    const [latitude, longitude, , , , date, time] = line.split(',')
    return { time: Date.parse(`${date}T${time}Z`), longitude: Number(longitude), latitude: Number(latitude) }
  })
}

describe.runIf(hasRealData)('GeoLife', () => {
  let days: ScreenedDay[]
  let found: Evidence[]
  beforeAll(async () => {
    const root = realData('data/beijing/gps/plt')
    days = readdirSync(root).flatMap((worker) => {
      const folder = `${root}/${worker}/Trajectory`
      const fixes = readdirSync(folder).flatMap((file) => fixesOf(`${folder}/${file}`))
      const ordered = orderFixes(fixes)
      return [...new Set(fixes.map(({ time }) => localDayOf(time)))].flatMap((day) => {
        const read = readWorkerDay(ordered, day, fourHoursThreeKilometres)
        return read ? [{ worker, read }] : []
      })
    })
    found = await screenDays(days, () => () => false, usualEvidence)
  })
  const told = (code: string): string[] =>
    found
      .filter((one) => one.code === code)
      .map(({ worker, day, other }) => `${day} ${worker} ${other?.worker}`)

  it('tells each of the eight days of the two ids with one set of files, and nothing of the like of anybody else', () => {
    const expected = Array.from({ length: 8 }, (_, i) => `2009-05-${String(7 + i).padStart(2, '0')} 003 000`)
    expect(told('replayed_trace')).toEqual(expected)
    expect(new Set(told('carried_together').map((one) => one.slice(11)))).toEqual(
      new Set(['000 003', '003 000']),
    )
    for (const { figures } of found.filter((one) => one.code === 'replayed_trace'))
      expect([figures['rms_metres'], figures['shift_seconds']]).toEqual([0, 0])
  })

  it('asks about one other day, which its labels call a day of buses', () => {
    expect(days).toHaveLength(78)
    const others = found.filter(({ code }) => code !== 'replayed_trace' && code !== 'carried_together')
    expect(others.map(({ code, worker, day }) => [code, worker, day])).toEqual([
      ['vehicle', '062', '2008-08-18'],
    ])
    const labels = readFileSync(realData('data/beijing/gps/plt/062/labels.txt'), 'utf8').split(/\r?\n/)
    const modes = labels.filter((line) => line.startsWith('2008/08/18')).map((line) => line.split('\t')[2])
    expect(modes).toEqual(['bus', 'bus', 'bus'])
  })
})
