/** The right drawer's shell: a title, a way to close it, a body that scrolls. Screens fill it. */
import type { ReactNode } from 'react'
import { useSay } from '../i18n/use-say.ts'
import { select } from '../state.ts'
import { text } from './text.ts'

interface Props {
  /** Small line above the title: what kind of thing this is. */
  readonly kind: ReactNode
  readonly title: ReactNode
  readonly children: ReactNode
}

export function DrawerShell({ kind, title, children }: Props): ReactNode {
  const say = useSay()
  return (
    <>
      <div className="drawer-head">
        <div style={{ flex: 1, minWidth: 0 }}>
          <p className="quiet">{kind}</p>
          <h1>{title}</h1>
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label={say(text.close)}
          title={`${say(text.close)} (Esc)`}
          onClick={() => select(null)}
        >
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d="m2 2 10 10M12 2 2 12" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
          </svg>
        </button>
      </div>
      <div className="drawer-body">{children}</div>
    </>
  )
}
