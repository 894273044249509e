/** Files the person dropped or chose, and what became of them without being stored: kept while the page is open, not in the address. */
import type { CheckedFiles } from './api.ts'
import { createStore, useStore } from './store.ts'

export interface Files {
  readonly files: readonly File[]
  /** The checked division of the files, shown on the map in place of the stored one. */
  readonly checked: CheckedFiles | null
}

const store = createStore<Files>({ files: [], checked: null })

export const useFiles = (): Files => useStore(store, (files) => files)

/** Other files: what was found out about the files before no longer holds. */
export const chooseFiles = (files: readonly File[]): void => store.write({ files, checked: null })
export const keepChecked = (checked: CheckedFiles | null): void => store.write({ checked })
