/**
 * What the person looks at: the address, what is hovered, where the map was asked to go. It mirrors the browser's history,
 * so Back, a reload and a shared link all show the same.
 */
import { type Address, emptyAddress, formatAddress, parseAddress, type Target } from './address.ts'
import type { Language } from './i18n/language.ts'
import { createStore, useStore } from './store.ts'

/** west, south, east, north in degrees. */
export type Bbox = readonly [number, number, number, number]

export interface State {
  readonly address: Address
  /** What the pointer or the keyboard rests on, in a list or on the map. */
  readonly hover: Target | null
  /** The latest wish to see a place; a new object each time, so that the same place can be asked for twice. */
  readonly focus: { readonly bbox: Bbox } | null
  readonly language: Language
}

const store = createStore<State>({ address: emptyAddress, hover: null, focus: null, language: 'zh' })

/** The state as it is now, outside React. */
export const readState = store.read

/** A part of the state; renders again when that part changes. */
export const useStored = <T>(part: (state: State) => T): T => useStore(store, part)

export const useAddress = (): Address => useStored((state) => state.address)

/** Reads the address bar and follows Back and Forward. Called once, before the first render. */
export function startState(language: Language): void {
  const read = (): void => {
    const address = parseAddress(location.pathname, location.search)
    store.write({ address, hover: null, language: address.language ?? store.read().language })
  }
  store.write({ language })
  read()
  addEventListener('popstate', read)
}

/**
 * Goes to another address. A step the person took is `push`ed, so that Back undoes it; what only follows from looking
 * around (map view, sort order) `replace`s the entry.
 */
export function navigate(patch: Partial<Address>, how: 'push' | 'replace' = 'push'): void {
  const { address: before, language } = store.read()
  const address = { ...before, ...patch }
  const url = formatAddress(address)
  if (url === formatAddress(before)) return
  if (how === 'push') history.pushState(null, '', url)
  else history.replaceState(null, '', url)
  store.write({ address, language: address.language ?? language })
}

/** Selects a thing (or nothing): list, map, drawer and address follow. With `show`, the map goes there. */
export function select(target: Target | null, show?: Bbox): void {
  navigate({ selection: target })
  if (show) showOnMap(show)
}

export function hover(target: Target | null): void {
  if (!sameTarget(store.read().hover, target)) store.write({ hover: target })
}

/** Asks the map to show a box, with air around it. */
export const showOnMap = (bbox: Bbox): void => store.write({ focus: { bbox } })

/**
 * A screen's own choice in the address, e.g. its tab; the fallback is not written out, and holds where the address names none of
 * the `known`: an old link opens a tab, not an empty panel.
 */
export function useChoice<T extends string>(
  name: string,
  fallback: T,
  known?: readonly T[],
): [value: T, choose: (value: T, how?: 'push' | 'replace') => void] {
  const value = useStored((state) => knownChoice(state.address.choices[name], known))
  const choose = (next: T, how: 'push' | 'replace' = 'replace'): void => {
    const { [name]: _, ...others } = store.read().address.choices
    navigate({ choices: next === fallback ? others : { ...others, [name]: next } }, how)
  }
  return [value ?? fallback, choose]
}

/** What the address says, where it is one of the known, whatever is known. */
export const knownChoice = <T extends string>(
  said: string | undefined,
  known: readonly T[] | undefined,
): T | undefined => (known && !known.some((one) => one === said) ? undefined : (said as T | undefined))

export const sameTarget = (a: Target | null, b: Target | null): boolean =>
  a?.kind === b?.kind && a?.id === b?.id
