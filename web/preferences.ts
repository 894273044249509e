/** What one person likes on one machine: kept in the browser, not in the address. */
import { useEffect, useSyncExternalStore } from 'react'
import type { Language } from './i18n/language.ts'
import type { Theme } from './map/palette.ts'
import { createStore, useStore } from './store.ts'

export interface Preferences {
  readonly theme: Theme | 'system'
  readonly language: Language | null
  readonly panelWidth: number
  readonly panelFolded: boolean
  /** The area looked at last, where a new visit starts. */
  readonly area: string | null
}

export const panelWidthRange = [280, 640] as const

const key = 'wangge.preferences'
const fallback: Preferences = {
  theme: 'system',
  language: null,
  panelWidth: 360,
  panelFolded: false,
  area: null,
}

function stored(): Preferences {
  try {
    return { ...fallback, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>) }
  } catch {
    // Storage is switched off, or holds what another program wrote: start afresh.
    return fallback
  }
}

const store = createStore(stored())

export const readPreferences = store.read

export const usePreference = <Name extends keyof Preferences>(name: Name): Preferences[Name] =>
  useStore(store, (value) => value[name])

export function prefer(patch: Partial<Preferences>): void {
  store.write(patch)
  try {
    localStorage.setItem(key, JSON.stringify(store.read()))
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}

/** True while a media query holds. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}

/** The theme in force; the document is marked with it, for the style sheets. */
export function useTheme(): Theme {
  const choice = usePreference('theme')
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const theme = choice === 'system' ? (systemDark ? 'dark' : 'light') : choice
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  return theme
}
