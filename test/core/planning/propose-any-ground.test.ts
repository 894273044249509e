import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proposePlans } from '../../../server/core/planning/propose/propose-plans.ts'
import type { AtomGraph, PlanGrid } from '../../../server/core/planning/values.ts'
import { contiguousCodes, plantedVillage } from './lattice-village.ts'

const band = { from: 30, to: 50 }

const gridOf = (code: string, village: string, locked: boolean): PlanGrid => ({
  code,
  name: null,
  kind: 'ordinary',
  village,
  parent: null,
  locked,
})

describe('any ground', () => {
  it('gets a whole plan of contiguous grids within villages, whatever was in force and however it is cut up', () => {
    const ground = fc.record({
      seed: fc.integer({ min: 1, max: 500 }),
      villages: fc.integer({ min: 1, max: 3 }),
      site: fc.array(fc.nat(80), { maxLength: 3 }),
      barred: fc.array(fc.nat(150), { maxLength: 40 }),
      old: fc.array(fc.option(fc.nat(4)), { minLength: 1, maxLength: 20 }),
      joinExclaves: fc.boolean(),
    })
    fc.assert(
      fc.property(ground, ({ seed, villages, site, barred, old, joinExclaves }) => {
        const { graph: plain } = plantedVillage(seed, band)
        const graph: AtomGraph = {
          atoms: plain.atoms.map((atom, i) => ({
            ...atom,
            village: `v${i % villages}`,
            site: site.includes(i) ? 'school' : null,
          })),
          borders: plain.borders.map((one, i) => ({ ...one, crossable: !barred.includes(i) })),
        }
        const assignment = graph.atoms.map(({ village }, i) => {
          const number = old[i % old.length] ?? null
          return number === null ? null : `${village}-${number}`
        })
        const grids = [...new Set(assignment.filter((code) => code !== null))].map((code) =>
          gridOf(code, code.slice(0, 2), code.endsWith('4')),
        )
        const options = { band, joinExclaves, trees: 2, stepsPerGrid: 3, current: { grids, assignment } }
        const plan = proposePlans(graph, options).proposals[0]!
        expect(plan.assignment).not.toContain(null)
        const lockedCode = (code: string | null): string | null =>
          grids.some((one) => one.code === code && one.locked) ? code : null
        for (const [i, code] of plan.assignment.entries()) {
          const own = plan.grids.find((one) => one.code === code)!
          const isSite = graph.atoms[i]!.site !== null && !own.locked
          expect(own).toMatchObject({
            village: graph.atoms[i]!.village,
            kind: isSite ? 'dedicated' : 'ordinary',
          })
          // A locked grid neither gains nor loses ground.
          expect(own.locked ? code : null).toBe(lockedCode(assignment[i]!))
        }
        expect(new Set(plan.grids.map(({ code }) => code)).size).toBe(plan.grids.length)
        // Ground without households may be reached over a barrier, and exclaves are not reached at all; locked grids are
        // as they were drawn.
        const open = { ...graph, borders: graph.borders.map((one) => ({ ...one, crossable: true })) }
        const drawn = plan.assignment.map((code, i) => (lockedCode(code) === null ? code : `${code}/${i}`))
        expect(joinExclaves || contiguousCodes(open, drawn)).toBe(true)
      }),
      { numRuns: 150 },
    )
  }, 120_000)
})
