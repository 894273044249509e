import { describe, expect, it } from 'vitest'
import {
  type Actor,
  actionsFor,
  incidentActions,
  incidentStates,
  type LifeFacts,
  levelBeside,
  refusalOf,
  stateOfStatus,
  stepFrom,
  transitions,
} from '../../../server/core/incidents/life.ts'
import { incidentPolicyOf, usualIncidents } from '../../../server/core/policy/incident-policy.ts'

const facts: LifeFacts = {
  state: 'reported',
  level: 'village',
  category: 'dispute',
  enteredBy: 'wang',
  assignee: null,
  resolvedBy: null,
  hasReporter: true,
  isReporterTold: false,
}
const chief: Actor = { name: 'li', role: 'supervisor', level: 'township', worker: null }
const worker: Actor = { name: 'wang', role: 'worker', level: 'village', worker: 'w1' }
const refused = (
  action: Parameters<typeof refusalOf>[0],
  more: Partial<LifeFacts>,
  actor = chief,
  policy = usualIncidents,
) => refusalOf(action, { ...facts, ...more }, actor, policy)

describe('the table of steps', () => {
  it('leads from the report to every state, and from every state to the end', () => {
    const reach = (from: string, edges: readonly (readonly [string, string])[]): Set<string> => {
      const seen = new Set([from])
      for (let size = 0; size < seen.size; ) {
        size = seen.size
        for (const [a, b] of edges) if (seen.has(a)) seen.add(b)
      }
      return seen
    }
    const edges = transitions.flatMap(({ from, to }) => from.map((one) => [one, to ?? one] as const))
    expect([...reach('reported', edges)].toSorted()).toEqual([...incidentStates].toSorted())
    for (const state of incidentStates) expect(reach(state, edges)).toContain('closed')
  })

  it('has one row at most for an action and a state', () => {
    for (const action of incidentActions)
      for (const state of incidentStates)
        expect(
          transitions.filter((one) => one.action === action && one.from.includes(state)).length,
        ).toBeLessThan(2)
  })
})

describe('who may take a step', () => {
  it('chiefs of the level or above; workers only with what is theirs; others none', () => {
    expect(actionsFor(facts, chief, usualIncidents)).toEqual(['accept', 'resolve', 'pass_up', 'tell', 'note'])
    expect(actionsFor(facts, worker, usualIncidents)).toEqual(['resolve', 'tell', 'note'])
    expect(actionsFor({ ...facts, enteredBy: 'zhao' }, worker, usualIncidents)).toEqual([])
    expect(
      actionsFor(
        { ...facts, enteredBy: 'zhao', assignee: 'wang', state: 'dispatched' },
        worker,
        usualIncidents,
      ),
    ).toEqual(['resolve', 'tell', 'note'])
    for (const role of ['planner', 'analyst'] as const)
      expect(actionsFor({ ...facts, enteredBy: 'li' }, { ...chief, role }, usualIncidents)).toEqual([])
    expect(refused('accept', { state: 'passed_up', level: 'county' })).toBe('level_too_low')
    expect(
      refused('accept', { state: 'passed_up', level: 'department' }, { ...chief, level: 'county' }),
    ).toBeNull()
  })

  it('nobody verifies what they resolved or were to handle', () => {
    const resolved = { state: 'resolved', resolvedBy: 'li' } as const
    expect(refused('verify', resolved)).toBe('own_handling')
    expect(refused('return', resolved)).toBe('own_handling')
    expect(refused('verify', { ...resolved, resolvedBy: 'wang', assignee: 'li' })).toBe('own_handling')
    expect(refused('verify', { ...resolved, resolvedBy: 'wang' })).toBeNull()
  })

  it('files when the reporter was told, by the level the category asks for', () => {
    const verified = { state: 'verified' } as const
    expect(refused('close', verified)).toBe('reporter_not_told')
    expect(refused('close', { ...verified, isReporterTold: true })).toBeNull()
    expect(refused('close', { ...verified, hasReporter: false })).toBeNull()
    expect(refused('tell', { ...verified, hasReporter: false })).toBe('no_reporter')
    const village: Actor = { ...chief, level: 'village' }
    const told = { ...verified, isReporterTold: true, category: 'fraud' }
    expect(refused('close', told, village)).toBe('level_too_low')
    expect(refused('close', verified, chief, incidentPolicyOf('x', { tellBeforeClosing: false }))).toBeNull()
  })
})

describe('levels', () => {
  it('up and down among those a place has; a place of three levels passes from the county to nobody', () => {
    expect(stepFrom('pass_up', facts, usualIncidents)).toEqual({ state: 'passed_up', level: 'township' })
    expect(stepFrom('return', { state: 'passed_up', level: 'township' }, usualIncidents)).toEqual({
      state: 'returned',
      level: 'village',
    })
    expect(stepFrom('return', { state: 'closed', level: 'township' }, usualIncidents).level).toBe('township')
    const three = incidentPolicyOf('x', { levels: ['village', 'county', 'department'] })
    expect(levelBeside(three, 'village', 1)).toBe('county')
    expect(levelBeside(three, 'county', -1)).toBe('village')
    expect(
      refused('pass_up', { state: 'accepted', level: 'department' }, { ...chief, level: 'county' }),
    ).toBe('no_level_above')
  })
})

describe('words of files', () => {
  it.each([
    ['closed', 'closed'],
    ['passed_up', 'passed_up'],
    ['in_progress', 'accepted'],
    ['办结', 'closed'],
    ['Open', 'reported'],
    ['something else', 'reported'],
  ])('%s is %s', (word, state) => expect(stateOfStatus(word)).toBe(state))
})
