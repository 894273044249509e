/** Early warnings: the list by pages, one of them, and the word of a supervisor on one. Requests go through api.ts. */
import type { z } from 'zod'
import type { Warning, warningDecisionSchema } from '../server/contract/warnings.ts'
import { type Answers, address, type Resource, request, sent } from './api.ts'

export type WarningDecision = z.input<typeof warningDecisionSchema>

/** Those of a state, newest first, the first so many pages. */
export const warnings = (
  area: string,
  state: Warning['state'],
  pages: number,
): Resource<Answers['warnings']> => ({
  url: address(['areas', area, 'warnings'], { state, limit: 50 }),
  answer: 'warnings',
  rows: 'warnings',
  pages,
})

/** One, on whatever page it is; the list is empty where there is none. */
export const warningById = (area: string, id: string): Resource<Answers['warnings']> => ({
  url: address(['areas', area, 'warnings'], { id }),
  answer: 'warnings',
})

export const decideWarning = (
  area: string,
  warning: string,
  decision: WarningDecision,
): Promise<Answers['warning']> =>
  request('warning', address(['areas', area, 'warnings', warning, 'decision']), sent(decision))
