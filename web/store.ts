/** The smallest external store: a value, a way to change it, a way to listen. Two of these hold all of the web's state. */
import { useSyncExternalStore } from 'react'

export interface Store<T> {
  readonly read: () => T
  readonly write: (patch: Partial<T>) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    read: () => value,
    write: (patch) => {
      value = { ...value, ...patch }
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A part of a store's value; renders again when that part changes. `select` must return something stable, not a fresh object. */
export const useStore = <T extends object, Part>(store: Store<T>, select: (value: T) => Part): Part =>
  useSyncExternalStore(store.subscribe, () => select(store.read()))
