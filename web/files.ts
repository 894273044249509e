/** Files the person dropped or chose, and what became of them without being stored: kept while the page is open, not in the address. */
import type { CheckedFiles, MatchedFiles } from '../server/contract/uploads.ts'
import { createStore, useStore } from './store.ts'

export interface Files {
  readonly files: readonly File[]
  /** The checked division of the files, shown on the map in place of the stored one. */
  readonly checked: CheckedFiles | null
  /** The matched traces of the files, drawn over the stored division. */
  readonly matched: MatchedFiles | null
}

const store = createStore<Files>({ files: [], checked: null, matched: null })

export const useFiles = (): Files => useStore(store, (files) => files)

/** Other files, or another purpose: what was found out before no longer holds. */
export const chooseFiles = (files: readonly File[]): void =>
  store.write({ files, checked: null, matched: null })
export const forgetFindings = (): void => store.write({ checked: null, matched: null })
export const keepChecked = (checked: CheckedFiles): void => store.write({ checked, matched: null })
export const keepMatched = (matched: MatchedFiles): void => store.write({ matched, checked: null })
