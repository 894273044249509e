/** Whether the server wants somebody to sign in before it answers: told by the first answer that says so, wherever it was asked. */
import { createStore, useStore } from './store.ts'

const store = createStore({ signInWanted: false })

export const useSignInWanted = (): boolean => useStore(store, (value) => value.signInWanted)

export const wantSignIn = (wanted: boolean): void => {
  if (store.read().signInWanted !== wanted) store.write({ signInWanted: wanted })
}
