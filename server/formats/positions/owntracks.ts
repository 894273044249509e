/** OwnTracks over HTTP: one JSON object a request. https://owntracks.org/booklet/tech/http/ · …/tech/json/ */
import type { Flaw } from '../../core/values.ts'
import { flaw } from '../flaw-codes.ts'
import { toInstant } from '../times.ts'
import { accuracyOrNone, kilometrePerHour, type Report } from './read-report.ts'

export interface OwnTracksLocation {
  /** Names the message itself gives its sender, the most telling first: its topic, `user/device` of the topic, the tracker's two letters. */
  readonly ids: readonly string[]
  readonly report: Report
}

/** `other`: a message that carries no position (waypoints, status, a friend removed…), or none at all. */
export type OwnTracksRead = OwnTracksLocation | 'other' | { readonly flaws: readonly Flaw[] }

/** Speed is in kilometres per hour; `tst` is when the position was had, `created_at` when the message was made. */
export function readOwnTracks(text: string): OwnTracksRead {
  // The app posts nothing at all where it would remove a message from a broker.
  if (text.trim() === '') return 'other'
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { flaws: [flaw('json_syntax', {}, { line: 1, column: 1, reason: { zh: reason, en: reason } })] }
  }
  if (typeof root !== 'object' || root === null || Array.isArray(root))
    return { flaws: [flaw('geojson_structure', {}, { detail: 'must be a JSON Object' })] }
  const message = root as Readonly<Record<string, unknown>>
  if (message['_type'] !== 'location') return 'other'
  const sentAt = toInstant(message['created_at'] ?? message['sent'])
  return {
    ids: idsOf(message),
    report: {
      time: message['tst'],
      longitude: message['lon'],
      latitude: message['lat'],
      accuracyMetres: accuracyOrNone(message['acc']),
      speed: message['vel'],
      speedUnit: kilometrePerHour,
      isValid: true,
      isMock: false,
      ...(sentAt !== undefined && { sentAt }),
    },
  }
}

function idsOf({ topic, tid }: Readonly<Record<string, unknown>>): string[] {
  const ids: string[] = []
  if (typeof topic === 'string' && topic !== '') {
    ids.push(topic)
    const own = /^owntracks\/([^/]+\/[^/]+)/.exec(topic)?.[1]
    if (own !== undefined) ids.push(own)
  }
  if (typeof tid === 'string' && tid !== '') ids.push(tid)
  return ids
}
