/** Which plan is being looked at, its session, and the tool in hand: outside React, read by panel, map and drawer. */
import { createStore, useStore } from '../../../store.ts'
import type { Trial } from './gestures/gesture.ts'
import type { Session, SessionState } from './session.ts'
import type { ToolId } from './tools.ts'

interface Editing {
  readonly plan: string | null
  readonly session: Session | null
  readonly tool: ToolId
  /** The plan may be drawn on: by its status, by the person's role, by the size of the screen. */
  readonly canDraw: boolean
  readonly trial: Trial | null
}

const store = createStore<Editing>({ plan: null, session: null, tool: 'select', canDraw: false, trial: null })

export const readEditing = store.read
export const useEditing = <T>(part: (editing: Editing) => T): T => useStore(store, part)
export const subscribeEditing = store.subscribe

export const chooseTool = (tool: ToolId): void => store.write({ tool, trial: null })
export const showTrial = (trial: Trial | null): void => store.write({ trial })
export const allowDrawing = (canDraw: boolean): void => {
  if (store.read().canDraw !== canDraw) store.write({ canDraw, tool: 'select', trial: null })
}

/** Opens a plan, or closes the open one. The same plan again stays as it is. */
export function openPlan(plan: string | null, start: () => Session): void {
  const now = store.read()
  if (now.plan === plan) return
  now.session?.close()
  store.write({ plan, session: plan === null ? null : start(), tool: 'select', trial: null })
}

if (typeof addEventListener === 'function') {
  // What has not been saved is sent before the page goes.
  addEventListener('pagehide', () => store.read().session?.flush(true))
  // What cannot be saved now would be lost: the browser asks.
  addEventListener('beforeunload', (event) => {
    const { saving, waiting } = store.read().session?.store.read() ?? {}
    if (waiting && waiting.length > 0 && (saving === 'failed' || saving === 'conflict'))
      event.preventDefault()
  })
}

const nothing: SessionState | null = null
const neverChanges = createStore<{ readonly none: true }>({ none: true })

/** A part of the open plan's state; undefined while no plan is open. */
export function useSession<T>(part: (state: SessionState) => T): T | undefined {
  const session = useEditing((editing) => editing.session)
  const other = useStore(session?.store ?? (neverChanges as never), (state: SessionState) =>
    session ? part(state) : nothing,
  )
  return session ? (other as T) : undefined
}
