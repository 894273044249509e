/** Where in its file a flaw stands. Pure. */
import type { Job } from '../../server/contract/jobs.ts'
import type { Say } from '../i18n/language.ts'
import { text } from './text.ts'

/** `households.csv 第 7 行 lon`: what is known of a place, in the order one would look for it. */
export function placeText(place: Job['flaws'][number]['place'], say: Say): string {
  return [
    place.file,
    place.line === undefined
      ? place.record !== undefined && say(text.record, { n: place.record })
      : say(text.line, { n: place.line }),
    place.id,
    place.field,
  ]
    .filter(Boolean)
    .join(' ')
}
