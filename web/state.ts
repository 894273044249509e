/**
 * The one store: the address, what is hovered, where the map was asked to go. Read with `useStored(select)`, changed by
 * the functions below only. It mirrors the browser's history, so Back, a reload and a shared link all show the same.
 */
import { useSyncExternalStore } from 'react'
import { type Address, formatAddress, parseAddress, type Target } from './address.ts'
import type { Language } from './i18n/language.ts'

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

let state: State = {
  address: parseAddress('/', ''),
  hover: null,
  focus: null,
  language: 'zh',
}
const listeners = new Set<() => void>()

function set(patch: Partial<State>): void {
  state = { ...state, ...patch }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The state as it is now, outside React. */
export const readState = (): State => state

/** A part of the state; renders again when that part changes. `select` must return something stable, not a fresh object. */
export const useStored = <T>(select: (state: State) => T): T =>
  useSyncExternalStore(subscribe, () => select(state))

export const useAddress = (): Address => useStored((now) => now.address)

/** Reads the address bar and follows Back and Forward. Called once, before the first render. */
export function startState(language: Language): void {
  const read = (): void => {
    const address = parseAddress(location.pathname, location.search)
    set({ address, hover: null, language: address.language ?? state.language })
  }
  state = { ...state, language }
  read()
  addEventListener('popstate', read)
}

/**
 * Goes to another address. A step the person took is `push`ed, so that Back undoes it; what only follows from looking
 * around (map view, sort order) `replace`s the entry.
 */
export function navigate(patch: Partial<Address>, how: 'push' | 'replace' = 'push'): void {
  const address = { ...state.address, ...patch }
  const url = formatAddress(address)
  if (url === formatAddress(state.address)) return
  if (how === 'push') history.pushState(null, '', url)
  else history.replaceState(null, '', url)
  set({ address, language: address.language ?? state.language })
}

/** Selects a thing (or nothing): list, map, drawer and address follow. With `show`, the map goes there. */
export function select(target: Target | null, show?: Bbox): void {
  navigate({ selection: target })
  if (show) showOnMap(show)
}

export function hover(target: Target | null): void {
  if (state.hover?.kind !== target?.kind || state.hover?.id !== target?.id) set({ hover: target })
}

/** Asks the map to show a box, with air around it. */
export const showOnMap = (bbox: Bbox): void => set({ focus: { bbox } })

/** A screen's own choice in the address, e.g. its tab; the fallback is not written out. */
export function useChoice<T extends string>(
  name: string,
  fallback: T,
): [value: T, choose: (value: T, how?: 'push' | 'replace') => void] {
  const value = useStored((now) => now.address.choices[name]) as T | undefined
  const choose = (next: T, how: 'push' | 'replace' = 'replace'): void => {
    const { [name]: _, ...others } = state.address.choices
    navigate({ choices: next === fallback ? others : { ...others, [name]: next } }, how)
  }
  return [value ?? fallback, choose]
}

export const sameTarget = (a: Target | null, b: Target | null): boolean =>
  a?.kind === b?.kind && a?.id === b?.id
