/** The keyboard: one listener for the whole window, and the list of what it does. */
import { Modal } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { screenIds } from '../address.ts'
import { useSay } from '../i18n/use-say.ts'
import type { Screen } from '../screens/screen.ts'
import { type Bbox, readState, select, showOnMap } from '../state.ts'
import { text } from './text.ts'
import { goToScreen } from './top-bar.tsx'

/** A choice's own input is read-only: nobody types there. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  !(target instanceof HTMLInputElement && target.readOnly) &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

export function useShortcuts(home: Bbox | null, onHelp: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.key === 'Escape') return stepBack(event)
      if (isTyping(event.target)) return
      const screen = screenIds[Number(event.key) - 1]
      if (event.key === '/') {
        event.preventDefault()
        document.querySelector<HTMLInputElement>('[data-search] input, input[data-search]')?.focus()
      } else if (event.key === '?') onHelp()
      else if (event.key === 'f' && home) showOnMap(home)
      else if (screen) goToScreen(screen)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [home, onHelp])
}

/** Esc leaves a field first, then closes the drawer. Open popups close themselves and keep the event. */
function stepBack(event: KeyboardEvent): void {
  if (document.querySelector('[role="dialog"]:not([aria-hidden="true"])')) return
  if (isTyping(event.target)) (event.target as HTMLElement).blur()
  else if (readState().address.selection) select(null)
}

export function ShortcutList({
  open,
  screen,
  onClose,
}: {
  readonly open: boolean
  readonly screen: Screen | undefined
  readonly onClose: () => void
}): ReactNode {
  const say = useSay()
  const words = text.shortcutTexts
  const keys = [
    ['/', words.search],
    ['1 – 3', words.screens],
    ['↑ ↓', words.rows],
    ['Enter', words.open],
    ['Esc', words.back],
    ['F', words.fit],
    ['?', words.help],
    ...(open ? (screen?.shortcuts?.() ?? []) : []),
  ] as const
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={say(text.shortcuts)} width={420}>
      <dl className="facts">
        {keys.map(([key, word]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(word)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
