/**
 * `npm run accuracy -- [--seeds 601-620] [--kinds doors,streets] [--sigma 10,20] [--memory 0,15,60] [--every 1,5,10,20] [--states radius]`:
 * metres measured over metres walked, in the mean of hours whose truth is known, by the kind of walk, the error (σ on each axis), the time over
 * which it forgets itself and the seconds between fixes; in brackets the share of hours whose truth lies within the stated bound. Of sitting
 * the metres of the hour that counts most. `*`: beyond 5 % at σ ≤ 10 m or 15 % above, 30 m of sitting. Prints a table of Markdown, writes nothing.
 */
import { parseArgs } from 'node:util'
import type { Receiver } from '../support/simulate-walk.ts'
import { accuracyOf, type WalkKind, walkKinds } from '../support/walk-accuracy.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-20' },
    kinds: { type: 'string', default: Object.keys(walkKinds).join(',') },
    sigma: { type: 'string', default: '10,20' },
    memory: { type: 'string', default: '0,15,60' },
    every: { type: 'string', default: '1,5,10,20' },
    states: { type: 'string', default: 'radius' },
  },
})

const numbers = (list: string): number[] => list.split(',').map(Number)
const [firstSeed = 1, lastSeed = firstSeed] = values.seeds.split('-').map(Number)
const seeds = Array.from({ length: lastSeed - firstSeed + 1 }, (_, i) => firstSeed + i)
const intervals = numbers(values.every)
const states = values.states as Receiver['states']
const row = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`)

row(['', 'σ, m', 'memory, s', ...intervals.map((every) => `every ${every} s`)])
row(['---', '--:', '--:', ...intervals.map(() => ':--')])
let missed = 0
for (const kind of values.kinds.split(',') as WalkKind[])
  for (const sigma of numbers(values.sigma))
    for (const correlation of numbers(values.memory)) {
      const cells = intervals.map((every) => {
        const { figure, held } = accuracyOf(kind, { sigma, every, correlation, states }, seeds)
        const sits = kind === 'sitting'
        const isWithin = sits ? figure < 30 : Math.abs(figure - 1) < (sigma <= 10 ? 0.05 : 0.15)
        if (!isWithin) missed++
        return `${sits ? figure.toFixed(0) : figure.toFixed(3)} (${Math.round(100 * held)} %)${isWithin ? '' : ' *'}`
      })
      row([kind, String(sigma), String(correlation), ...cells])
    }
console.log(`\n${missed} cells are not within, seeds ${values.seeds}, states ${states}`)
