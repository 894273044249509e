/**
 * Answers that took work, kept while nothing stored has changed. The key names the question and the viewer's scope; the version is
 * the database's. One computation serves all who ask at the same time.
 */
export interface ContentCache {
  /** What `compute` gives for this key, from before if `version` is still the same. A failure is not kept. */
  get<T>(key: string, version: string, compute: () => Promise<T>): Promise<T>
}

interface Entry {
  readonly version: string
  readonly value: Promise<unknown>
}

/** @param most entries kept; the one used longest ago goes first. */
export function createContentCache(most: number): ContentCache {
  const entries = new Map<string, Entry>()
  return {
    get<T>(key: string, version: string, compute: () => Promise<T>): Promise<T> {
      const known = entries.get(key)
      entries.delete(key)
      const entry: Entry = known?.version === version ? known : { version, value: compute() }
      entries.set(key, entry)
      entry.value.catch(() => {
        if (entries.get(key) === entry) entries.delete(key)
      })
      for (const oldest of entries.keys()) {
        if (entries.size <= most) break
        entries.delete(oldest)
      }
      return entry.value as Promise<T>
    },
  }
}
