import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GroundShare } from '../../../server/core/planning/compare-plans-ground.ts'
import type { ComparedDivision, ComparedGrid } from '../../../server/core/planning/compare-plans-values.ts'
import { matchCodes, withCodes } from '../../../server/core/planning/match-codes.ts'

const division = (
  text: string,
  grids: Readonly<Record<string, Partial<ComparedGrid>>> = {},
): ComparedDivision => ({
  grids: [...new Set([...Array.from(text), ...Object.keys(grids)])].map((code) => ({
    code,
    name: null,
    kind: 'ordinary',
    village: 'v',
    parent: null,
    ...grids[code],
  })),
  gridOf: new Map(Array.from(text, (code, i) => [`h${i}`, code])),
})

const share = (from: string, to: string, areaSquareMetres: number): GroundShare => ({
  from,
  to,
  areaSquareMetres,
})

describe('keeping codes', () => {
  it('keeps the most households under their code, not the most in one grid', () => {
    // A has 5: 3 go to x, 2 to y. B has 2, both to x. A→x, alone the best, saves 3; A→y and B→x save 4.
    const matching = matchCodes(division('AAAAABB'), division('xxxyyxx'), [])
    expect(matching.codes).toEqual(
      new Map([
        ['x', 'B'],
        ['y', 'A'],
      ]),
    )
    expect(matching).toMatchObject({ fresh: [], retired: [] })
  })

  it('retires what is merged and leaves what is split off without a code', () => {
    expect(matchCodes(division('AAABB'), division('xxxxx'), [])).toEqual({
      codes: new Map([['x', 'A']]),
      fresh: [],
      retired: ['B'],
    })
    expect(matchCodes(division('AAAAA'), division('xxxyy'), [])).toEqual({
      codes: new Map([['x', 'A']]),
      fresh: ['y'],
      retired: [],
    })
  })

  it('lets ground decide between equals, then the code a grid already has', () => {
    const ground = [share('A', 'x', 0.2), share('A', 'y', 0.1)]
    expect(matchCodes(division('AA'), division('xy'), ground).codes).toEqual(new Map([['x', 'A']]))
    expect(matchCodes(division('AA'), division('xy'), ground.toReversed()).codes).toEqual(
      new Map([['x', 'A']]),
    )
    expect(matchCodes(division('AABB'), division('ABAB'), []).codes).toEqual(
      new Map([
        ['A', 'A'],
        ['B', 'B'],
      ]),
    )
    // A household outweighs any ground.
    const large = [share('A', 'y', 1e12)]
    expect(matchCodes(division('AAA'), division('xxy'), large).codes).toEqual(new Map([['x', 'A']]))
  })

  it('finds a school again by its ground', () => {
    const before = division('', { S: { kind: 'dedicated' } })
    const after = division('', { s: { kind: 'dedicated' } })
    expect(matchCodes(before, after, [share('S', 's', 9000)]).codes).toEqual(new Map([['s', 'S']]))
    expect(matchCodes(before, after, [])).toMatchObject({ fresh: ['s'], retired: ['S'] })
  })

  it('never hands a code to another village, kind or parent', () => {
    for (const other of [{ village: 'w' }, { kind: 'dedicated' }, { parent: 'P' }] as const)
      expect(matchCodes(division('AA'), division('xx', { x: other }), [])).toMatchObject({
        fresh: ['x'],
        retired: ['A'],
      })
  })

  it('renames a division', () => {
    const renamed = withCodes(
      division('xy', { m: { parent: 'x', kind: 'microgrid' } }),
      new Map([['x', 'A']]),
    )
    expect(renamed.grids.map((grid) => [grid.code, grid.parent])).toEqual([
      ['A', null],
      ['y', null],
      ['m', 'A'],
    ])
    expect([...renamed.gridOf.values()]).toEqual(['A', 'y'])
  })

  it('is one to one, keeps as many households as any pairing, and does not depend on order', () => {
    const text = (of: string) => fc.array(fc.constantFrom(...of.split('')), { minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(text('ABCD'), text('wxyz'), (p, q) => {
        const [before, after] = [division(p.join('')), division(q.join(''))]
        const { codes, fresh, retired } = matchCodes(before, after, [])
        expect(new Set(codes.values()).size).toBe(codes.size)
        expect([...codes.keys(), ...fresh].toSorted()).toEqual([...new Set(q)].toSorted())
        expect([...codes.values(), ...retired].toSorted()).toEqual([...new Set(p)].toSorted())
        const kept = (pairing: ReadonlyMap<string, string>): number =>
          p.filter((code, i) => pairing.get(q[i]!) === code).length
        for (const other of pairings([...new Set(q)], [...new Set(p)]))
          expect(kept(codes)).toBeGreaterThanOrEqual(kept(other))
        const turned = (one: ComparedDivision): ComparedDivision => ({
          grids: one.grids.toReversed(),
          gridOf: new Map([...one.gridOf].toReversed()),
        })
        expect(matchCodes(turned(before), turned(after), [])).toEqual({ codes, fresh, retired })
      }),
      { numRuns: 60 },
    )
  })
})

function pairings(from: readonly string[], to: readonly string[]): Map<string, string>[] {
  const [first, ...rest] = from
  if (first === undefined) return [new Map()]
  return [
    ...pairings(rest, to),
    ...to.flatMap((code) =>
      pairings(
        rest,
        to.filter((other) => other !== code),
      ).map((pairing) => new Map([...pairing, [first, code]])),
    ),
  ]
}
