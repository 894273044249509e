/** Who read personal data, by pages. Requests go through api.ts. */
import type { Access } from '../server/contract/accesses.ts'
import { type Answers, address, type Resource } from './api.ts'

/** Of days [from, to), newest first, the first so many pages. */
export const accesses = (
  area: string,
  days: { readonly from: string; readonly to: string },
  action: Access['action'] | undefined,
  pages: number,
): Resource<Answers['accesses']> => ({
  url: address(['areas', area, 'accesses'], { ...days, action, limit: 100 }),
  answer: 'accesses',
  rows: 'accesses',
  pages,
})
