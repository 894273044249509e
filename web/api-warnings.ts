/** Early warnings: the list as a whole, and the word of a supervisor on one. Requests go through api.ts. */
import type { z } from 'zod'
import type { Warning, warningDecisionSchema } from '../server/contract/warnings.ts'
import { type Answers, address, type Resource, request, sent } from './api.ts'

export type WarningDecision = z.input<typeof warningDecisionSchema>

const mostRows = 200

/** @param state null: of all states */
export const warnings = (area: string, state: Warning['state'] | null): Resource<Answers['warnings']> => ({
  url: address(['areas', area, 'warnings'], { state, limit: mostRows }),
  answer: 'warnings',
  rows: 'warnings',
})

export const decideWarning = (
  area: string,
  warning: string,
  decision: WarningDecision,
): Promise<Answers['warning']> =>
  request('warning', address(['areas', area, 'warnings', warning, 'decision']), sent(decision))
