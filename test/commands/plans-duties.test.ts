/** The rules by which teams and rosters follow a new division, without a database. */
import { assert, constantFrom, integer, property, record, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupStates, listFlaws } from '../../server/commands/plans/decided-grids.ts'
import { type FollowInput, followDuties } from '../../server/commands/plans/follow-duties.ts'
import type { Contact, Duty } from '../../server/db/plan-enactment.ts'

const from = 1000
const duty = (worker_id: string, grid_code: string, more: Partial<Duty> = {}): Duty => ({
  worker_id,
  grid_code,
  role: 'full_time',
  valid_from: 0,
  valid_to: null,
  ...more,
})
const contact = (household_id: string, worker_id: string, more: Partial<Contact> = {}): Contact => ({
  household_id,
  worker_id,
  valid_from: 0,
  valid_to: null,
  ...more,
})
const move = (was: string | null, is: string | null, households: string[], area = 1) => ({
  from: was,
  to: is,
  households,
  areaSquareMetres: area,
})
const follow = (input: Partial<FollowInput>) =>
  followDuties({ from, duties: [], contacts: [], retired: [], created: [], moves: [], ...input })

describe('teams', () => {
  it('go with a retired grid to the new one that takes its place, each worker in the same role', () => {
    const leader = duty('w1', 'A', { role: 'leader' })
    const { ended, begun, tasks } = follow({
      duties: [leader, duty('w2', 'A'), duty('w3', 'B')],
      retired: ['A'],
      created: ['N'],
      moves: [move('A', 'N', ['h1', 'h2']), move('B', 'N', ['h3'])],
    })
    expect(ended.duties).toEqual([
      { ...leader, valid_to: from },
      { ...duty('w2', 'A'), valid_to: from },
    ])
    expect(begun.duties).toEqual([
      { ...leader, grid_code: 'N', valid_from: from },
      { ...duty('w2', 'N'), valid_from: from },
    ])
    expect(tasks).toEqual([])
  })

  it('are free where another retired grid has more in the new one, or the new one is not new', () => {
    const { begun, tasks } = follow({
      duties: [duty('w1', 'A'), duty('w2', 'B'), duty('w3', 'C'), duty('w4', 'K')],
      retired: ['A', 'B', 'C'],
      created: ['N'],
      moves: [move('A', 'N', ['h1', 'h2']), move('B', 'N', ['h3']), move('C', 'K', ['h4'])],
    })
    expect(begun.duties.map((one) => [one.worker_id, one.grid_code])).toEqual([['w1', 'N']])
    expect(tasks.map((task) => [task.kind, task.grid, task.worker])).toEqual([
      ['grid_without_leader', 'N', null],
      ['worker_without_grid', 'B', 'w2'],
      ['worker_without_grid', 'C', 'w3'],
    ])
  })

  it('without households go by ground; one who has another grid is not free', () => {
    const { begun, tasks } = follow({
      duties: [duty('w1', 'A'), duty('w2', 'B'), duty('w2', 'K')],
      retired: ['A', 'B'],
      created: ['N'],
      moves: [move('A', 'N', [], 500), move('B', 'N', [], 400)],
    })
    expect(begun.duties.map((one) => one.worker_id)).toEqual(['w1'])
    expect(tasks.map((task) => task.kind)).toEqual(['grid_without_leader'])
  })

  it('that were to begin later begin later', () => {
    const { ended, begun } = follow({
      duties: [duty('w1', 'A', { valid_from: 2000, valid_to: 3000 })],
      retired: ['A'],
      created: ['N'],
      moves: [move('A', 'N', ['h1'])],
    })
    expect(ended.duties).toEqual([])
    expect(begun.duties).toEqual([duty('w1', 'N', { valid_from: 2000, valid_to: 3000 })])
  })
})

describe('rosters', () => {
  it('stay with a worker who is on the new team, go to its only full-time worker, else to a person', () => {
    const { ended, begun, tasks } = follow({
      duties: [duty('w1', 'K'), duty('w1', 'L'), duty('w2', 'L', { role: 'part_time' })],
      contacts: [contact('h1', 'w2'), contact('h2', 'w9'), contact('h3', 'w9'), contact('h4', 'w9')],
      moves: [move('A', 'L', ['h1', 'h2', 'h4']), move('A', 'M', ['h3'])],
    })
    expect(ended.contacts).toEqual([
      contact('h2', 'w9', { valid_to: from }),
      contact('h4', 'w9', { valid_to: from }),
    ])
    expect(begun.contacts).toEqual([
      contact('h2', 'w1', { valid_from: from }),
      contact('h4', 'w1', { valid_from: from }),
    ])
    expect(tasks).toEqual([
      { kind: 'roster_moved', grid: 'L', worker: 'w1', households: ['h2', 'h4'] },
      { kind: 'roster_undecided', grid: 'M', worker: 'w9', households: ['h3'] },
    ])
  })

  it('never give a household two contacts at a moment, nor take one from it', () => {
    const step = integer({ min: 0, max: 4 })
    const entries = uniqueArray(record({ start: step, worker: constantFrom('w1', 'w2', 'w3') }), {
      minLength: 1,
      maxLength: 4,
      selector: (one) => one.start,
    })
    assert(
      property(entries, constantFrom('w1', 'w2', 'w3'), (given, keeper) => {
        const sorted = given.toSorted((a, b) => a.start - b.start)
        const contacts = sorted.map(({ start, worker }, i) => {
          const next = sorted[i + 1]
          return contact('h', worker, { valid_from: 500 * start, valid_to: next ? 500 * next.start : null })
        })
        const lasting = contacts.filter((one) => one.valid_to === null || one.valid_to > from)
        const { ended, begun } = follow({
          duties: [duty(keeper, 'N')],
          contacts: lasting,
          moves: [move('A', 'N', ['h'])],
        })
        const stored = new Map(contacts.map((one) => [one.valid_from, one]))
        for (const one of [...ended.contacts, ...begun.contacts]) stored.set(one.valid_from, one)
        const at = (moment: number): string[] =>
          [...stored.values()]
            .filter((one) => one.valid_from <= moment && (one.valid_to === null || moment < one.valid_to))
            .map((one) => one.worker_id)
        const before = (moment: number): string[] =>
          contacts
            .filter((one) => one.valid_from <= moment && (one.valid_to === null || moment < one.valid_to))
            .map((one) => one.worker_id)
        for (let moment = 0; moment < 3000; moment += 250)
          expect(at(moment)).toEqual(moment < from || before(moment).length === 0 ? before(moment) : [keeper])
      }),
    )
  })
})

describe('groups', () => {
  const groups = [
    { grids: ['A', 'B'], households: 1, areaSquareMetres: 1 },
    { grids: ['C'], households: 1, areaSquareMetres: 1 },
  ]
  const decision = (kind: 'submitted' | 'approved' | 'returned', grids: string[] | null = null) => ({
    kind,
    grids,
  })

  it('have the state decided last since the last submission', () => {
    const returned = decision('returned', ['C'])
    expect(groupStates(groups, [decision('submitted'), decision('approved', ['A', 'B']), returned])).toEqual([
      'approved',
      'returned',
    ])
    expect(groupStates(groups, [decision('submitted'), returned, decision('submitted')])).toEqual([
      'pending',
      'pending',
    ])
    expect(groupStates(groups, [decision('submitted'), decision('approved')])).toEqual([
      'approved',
      'approved',
    ])
  })

  it('are decided on whole', () => {
    expect(listFlaws(groups, ['A', 'B', 'C'])).toEqual([])
    expect(listFlaws(groups, ['B', 'Z']).map((flaw) => [flaw.code, flaw.message.en])).toEqual([
      ['grid_unchanged', 'grid Z is not changed by this plan: there is nothing to decide'],
      ['grids_inseparable', 'grids A, B exchange ground and are decided on together; missing: A'],
    ])
  })
})
