/**
 * The line to the service's live stream. The browser's EventSource takes up an interrupted stream where it stopped; what it does
 * not do is done here: to notice a line that is silent, and to try again where the service refused.
 */
import type { LiveChange, LiveEnd, LivePulse, LiveSnapshot } from '../../../../server/contract/live.ts'
import { api, liveAddress, load } from '../../../api.ts'
import { wantSignIn } from '../../../session.ts'
import type { Bbox } from '../../../state.ts'
import { createStore, type Store } from '../../../store.ts'
import { type LivePeople, merged, peopleOf, type Thresholds } from './people.ts'

export type LinkStatus = 'idle' | 'connecting' | 'live' | 'interrupted' | 'ended'

export interface Live {
  readonly status: LinkStatus
  /** Whose workers they are. */
  readonly area: string | null
  readonly people: LivePeople
  /** A snapshot has come: nobody in it is nobody at all. */
  readonly isKnown: boolean
  readonly thresholds: Thresholds
  readonly closed: LiveSnapshot['closed']
  /** The service's clock less this machine's, milliseconds. */
  readonly offset: number
  /** When the last event came, by this machine's clock. */
  readonly heardAt: number | null
}

export const nothingLive: Live = {
  status: 'idle',
  area: null,
  people: new Map(),
  isKnown: false,
  thresholds: { staleSeconds: 600, offlineSeconds: 3600 },
  closed: [],
  offset: 0,
  heardAt: null,
}

/** The service says something every 15 s: a line silent for longer than this is dead, whatever the browser thinks. */
const silentMilliseconds = 40_000
const retryMilliseconds = [2000, 5000, 15_000, 30_000] as const

/** What of the store follows from an event. Pure. */
export function heard(
  live: Live,
  event:
    | { readonly snapshot: LiveSnapshot }
    | { readonly change: LiveChange }
    | { readonly pulse: LivePulse },
  now: number,
): Live {
  const common = (at: number) => ({ ...live, status: 'live', offset: at - now, heardAt: now }) as const
  if ('pulse' in event) return common(event.pulse.at)
  if ('change' in event) {
    const { at, closed } = event.change
    return { ...common(at), closed, people: merged(live.people, event.change) }
  }
  const { at, closed, stale_after_s: staleSeconds, offline_after_s: offlineSeconds } = event.snapshot
  return {
    ...common(at),
    closed,
    thresholds: { staleSeconds, offlineSeconds },
    people: peopleOf(event.snapshot),
    isKnown: true,
  }
}

/** Follows an area, or what of it is in a box; @returns what ends it. The people shown stay until a snapshot replaces them. */
export function openLink(store: Store<Live>, area: string, bbox: Bbox | null): () => void {
  let source: EventSource | undefined
  let retries = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let watch: ReturnType<typeof setTimeout> | undefined

  const hear = (event: Parameters<typeof heard>[1]): void => {
    retries = 0
    store.write(heard(store.read(), event, Date.now()))
    clearTimeout(watch)
    watch = setTimeout(again, silentMilliseconds)
  }

  const stop = (): void => {
    clearTimeout(timer)
    clearTimeout(watch)
    source?.close()
  }

  /** From the beginning, after a while that grows. */
  const again = (): void => {
    stop()
    store.write({ status: 'interrupted' })
    const wait = retryMilliseconds[Math.min(retries++, retryMilliseconds.length - 1)]
    timer = setTimeout(start, wait)
  }

  const start = (): void => {
    const opened = new EventSource(liveAddress(area, bbox))
    source = opened
    const on = (name: string, take: (data: unknown) => void): void =>
      opened.addEventListener(name, ({ data }: MessageEvent<string>) => take(JSON.parse(data)))
    on('snapshot', (data) => hear({ snapshot: data as LiveSnapshot }))
    on('positions', (data) => hear({ change: data as LiveChange }))
    on('pulse', (data) => hear({ pulse: data as LivePulse }))
    on('end', (data) => {
      if ((data as LiveEnd).reason !== 'signed_out') return again()
      stop()
      store.write({ ...nothingLive, status: 'ended' })
      wantSignIn(true)
    })
    opened.addEventListener('error', () => {
      // Where the browser tries by itself it shows the id of the last event; where the service refused it gives up.
      if (opened.readyState !== EventSource.CLOSED) return store.write({ status: 'interrupted' })
      again()
      // It does not say why: asked who one is, the service says so where nobody is signed in any more.
      load(api.session(), new AbortController().signal).catch(() => {})
    })
    watch = setTimeout(again, silentMilliseconds)
  }

  // Another area's people are not shown under this one's name.
  if (store.read().area !== area) store.write({ ...nothingLive, area })
  store.write({ status: 'connecting' })
  start()
  return stop
}

export const createLive = (): Store<Live> => createStore(nothingLive)
