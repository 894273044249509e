/** The screens, in the order of the top bar and of the keys 1–3. Each comes with its first use, the others while nobody waits. */
import { useEffect } from 'react'
import type { Message } from '../../server/core/values.ts'
import { type ScreenId, screenIds } from '../address.ts'
import { createStore, useStore } from '../store.ts'
import type { Screen } from './screen.ts'

interface Entry {
  readonly title: Message
  readonly load: () => Promise<Screen>
}

const entries: Readonly<Record<ScreenId, Entry>> = {
  plan: {
    title: { zh: '划分', en: 'Plan' },
    load: async () => (await import('./plan/screen.ts')).planScreen,
  },
  patrol: {
    title: { zh: '巡查', en: 'Patrol' },
    load: async () => (await import('./patrol/screen.ts')).patrolScreen,
  },
  incidents: {
    title: { zh: '事件', en: 'Incidents' },
    load: async () => (await import('./incidents/screen.ts')).incidentsScreen,
  },
}

export const titleOf = (id: ScreenId): Message => entries[id].title

interface Loads {
  readonly screens: Readonly<Partial<Record<ScreenId, Screen>>>
  readonly failed: Readonly<Partial<Record<ScreenId, unknown>>>
}

/** The others are fetched ahead so long after a screen began: they must not share its line. */
const aheadMilliseconds = 3000

const store = createStore<Loads>({ screens: {}, failed: {} })
const asked = new Set<ScreenId>()

async function load(id: ScreenId): Promise<void> {
  if (asked.has(id)) return
  asked.add(id)
  try {
    const screen = await entries[id].load()
    store.write({ screens: { ...store.read().screens, [id]: screen } })
  } catch (error) {
    store.write({ failed: { ...store.read().failed, [id]: error } })
  }
}

/**
 * The screen, once its code is there. Throws what kept the code from coming: a browser that still runs an older version asks for
 * files that are no more, and only loading the page again helps.
 */
export function useScreen(id: ScreenId): Screen | undefined {
  const screen = useStore(store, ({ screens }) => screens[id])
  const failed = useStore(store, (loads) => loads.failed[id])
  useEffect(() => {
    void load(id)
    const timer = setTimeout(() => screenIds.forEach((other) => void load(other)), aheadMilliseconds)
    return () => clearTimeout(timer)
  }, [id])
  if (failed !== undefined) throw failed
  return screen
}
