import { useMemo } from 'react'
import { useStored } from '../state.ts'
import { type Say, sayIn } from './language.ts'

/** Says messages in the reader's language. */
export function useSay(): Say {
  const language = useStored((state) => state.language)
  return useMemo(() => sayIn(language), [language])
}
