/** A card as a small upright sheet with its word: told apart by the word, not by colour alone. */
import type { ReactNode } from 'react'
import type { MonthSheetAnswer } from '../../../../server/contract/assessment.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { text } from './text.ts'

interface Props {
  readonly card: MonthSheetAnswer['card']
  /** Where something more important stands before it: its word is said and shown on the pointer only. */
  readonly isShort?: boolean
}

export function CardMark({ card, isShort = false }: Props): ReactNode {
  const say = useSay()
  if (card === null || card === 'none') return null
  return (
    <span className={`card-mark is-${card}`} title={say(text.cards[card])}>
      <svg width="8" height="11" viewBox="0 0 8 11" aria-hidden="true">
        <rect x="0.5" y="0.5" width="7" height="10" rx="1" />
      </svg>{' '}
      <span className={isShort ? 'sr-only' : ''}>{say(text.cards[card])}</span>
    </span>
  )
}
