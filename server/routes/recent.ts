/**
 * Values that were loaded a moment ago are as good as new; older ones are loaded again. Where that takes long, what was last
 * known stands in: on the embedded engine everything waits for an open import, and who looks at its progress must not.
 */
import { setTimeout as sleep } from 'node:timers/promises'

export interface Recent<T> {
  /** The value of a key, at most `fresh` old; older, up to `kept`, while loading it takes longer than `patience`. */
  get(key: string, load: () => Promise<T>): Promise<T>
  /** Every value may have changed: the next `get` of each loads it. */
  clear(): void
}

export interface RecentOptions {
  readonly now: () => number
  readonly freshMilliseconds: number
  readonly patienceMilliseconds: number
  readonly keptMilliseconds: number
  /** Keys kept; the one loaded first goes first. */
  readonly most: number
}

interface Entry<T> {
  known?: { readonly value: T; readonly loadedAt: number }
  loading?: Promise<T> | undefined
}

export function createRecent<T>(options: RecentOptions): Recent<T> {
  const { now, freshMilliseconds, patienceMilliseconds, keptMilliseconds, most } = options
  const entries = new Map<string, Entry<T>>()

  const entryOf = (key: string): Entry<T> => {
    const known = entries.get(key)
    if (known) return known
    const entry: Entry<T> = {}
    entries.set(key, entry)
    for (const oldest of entries.keys()) {
      if (entries.size <= most) break
      entries.delete(oldest)
    }
    return entry
  }

  const fill = async (entry: Entry<T>, load: () => Promise<T>): Promise<T> => {
    try {
      const value = await load()
      entry.known = { value, loadedAt: now() }
      return value
    } finally {
      entry.loading = undefined
    }
  }

  return {
    async get(key, load) {
      const entry = entryOf(key)
      const { known } = entry
      const age = known ? now() - known.loadedAt : Number.POSITIVE_INFINITY
      if (known && age < freshMilliseconds) return known.value
      entry.loading ??= fill(entry, load)
      if (!known || age >= keptMilliseconds) return entry.loading
      return Promise.race([entry.loading, sleep(patienceMilliseconds, known.value, { ref: false })])
    },
    clear: () => entries.clear(),
  }
}
