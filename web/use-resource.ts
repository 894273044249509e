/**
 * Loads resources for components and keeps the answers: one request however many ask, the last answer stays while the
 * next loads, and `refreshResources` asks again for what is on the screen.
 */
import { useState, useSyncExternalStore } from 'react'
import { load, type Resource } from './api.ts'
import type { ApiError } from './api-error.ts'

export interface Loaded<T> {
  /** The answer; while another one loads, the answer before (see `current`); where it could not be loaded, nothing. */
  readonly data: T | undefined
  /** `data` answers what was asked for now, not what was asked for before. */
  readonly current: boolean
  readonly loading: boolean
  readonly error: ApiError | undefined
  readonly reload: () => void
}

interface Entry {
  readonly resource: Resource<unknown>
  state: { readonly data: unknown; readonly loading: boolean; readonly error: ApiError | undefined }
  readonly listeners: Set<() => void>
  abort: AbortController | undefined
  usedAt: number
  /** The same functions for the entry's life: React subscribes again whenever it is given another. */
  readonly subscribe: (listener: () => void) => () => void
  readonly reload: () => void
}

/** Answers kept although nothing on the screen asks for them, so that Back is immediate. */
const keptEntries = 40
const entries = new Map<string, Entry>()
let useCount = 0

/** More pages of a list are another answer. */
const keyOf = ({ url, pages }: Resource<unknown>): string => (pages === undefined ? url : `${url} ${pages}`)

function entryOf(resource: Resource<unknown>): Entry {
  const known = entries.get(keyOf(resource))
  if (known) return known
  const entry: Entry = {
    resource,
    state: { data: undefined, loading: true, error: undefined },
    listeners: new Set(),
    abort: undefined,
    usedAt: ++useCount,
    subscribe: (listener) => subscribe(entry, listener),
    reload: () => void fill(entry),
  }
  entries.set(keyOf(resource), entry)
  return entry
}

function setState(entry: Entry, patch: Partial<Entry['state']>): void {
  entry.state = { ...entry.state, ...patch }
  for (const listener of entry.listeners) listener()
}

async function fill(entry: Entry): Promise<void> {
  entry.abort?.abort()
  const abort = new AbortController()
  entry.abort = abort
  setState(entry, { loading: true })
  try {
    const data = await load(entry.resource, abort.signal)
    if (!abort.signal.aborted) setState(entry, { data, loading: false, error: undefined })
  } catch (thrown) {
    if (!abort.signal.aborted) setState(entry, { loading: false, error: thrown as ApiError })
  } finally {
    if (entry.abort === abort) entry.abort = undefined
  }
}

function subscribe(entry: Entry, listener: () => void): () => void {
  entry.listeners.add(listener)
  entry.usedAt = ++useCount
  if (entry.state.data === undefined && entry.abort === undefined) void fill(entry)
  return () => {
    entry.listeners.delete(listener)
    // Another part of the screen may ask for the same in the next moment, as when a drawer follows a list.
    setTimeout(() => leave(entry), 0)
  }
}

/** Nobody waits any more: an unfinished request is dropped, a finished answer kept for a while. */
function leave(entry: Entry): void {
  if (entry.listeners.size > 0) return
  entry.abort?.abort()
  entry.abort = undefined
  if (entry.state.data === undefined && entries.get(keyOf(entry.resource)) === entry)
    entries.delete(keyOf(entry.resource))
  forgetOldest()
}

function forgetOldest(): void {
  const unused = [...entries.values()].filter((entry) => entry.listeners.size === 0)
  for (const entry of unused.toSorted((a, b) => b.usedAt - a.usedAt).slice(keptEntries))
    entries.delete(keyOf(entry.resource))
}

/** Asks again for everything on the screen and forgets the rest: after an import, or a rematch. */
export function refreshResources(): void {
  for (const [url, entry] of entries) {
    if (entry.listeners.size === 0) entries.delete(url)
    else void fill(entry)
  }
}

const nothing: Entry['state'] = { data: undefined, loading: false, error: undefined }

const noSubscription = () => () => {}
const noReload = (): void => {}

/** The answer of a resource; `null` asks for nothing. */
export function useResource<T>(resource: Resource<T> | null): Loaded<T> {
  const entry = resource === null ? undefined : entryOf(resource)
  const state = useSyncExternalStore(entry?.subscribe ?? noSubscription, () => entry?.state ?? nothing)
  const [last, setLast] = useState<unknown>(undefined)
  if (state.data !== undefined && state.data !== last) setLast(state.data)
  return {
    data: (state.data ?? (state.error ? undefined : last)) as T | undefined,
    current: state.data !== undefined,
    loading: state.loading,
    error: state.error,
    reload: entry?.reload ?? noReload,
  }
}
