/** Hands the pointer and the keyboard to the tool in hand. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Barrier } from '../../../../server/core/planning/values.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import { api } from '../../../api.ts'
import type { MapOwner } from '../../../map/create-map.ts'
import { readState, select, useAddress } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { useGrids } from '../data.ts'
import { addGridAt } from './add-grid.ts'
import { chooseTool, readEditing, showTrial, useEditing } from './editing.ts'
import type { Desk, Gesture } from './gestures/gesture.ts'
import { gestures } from './gestures/gestures.ts'
import { degreesOfPixels } from './places.ts'
import type { Session } from './session.ts'
import { toolOf, tools } from './tools.ts'

/** Pixels within which the pointer takes hold of a line. */
const reachPixels = 9

/** @returns whether the place is pointed at by the keyboard, in the middle of the map */
export function useGestures(owner: MapOwner, active: boolean): boolean {
  const session = useEditing((editing) => editing.session)
  const tool = useEditing((editing) => editing.tool)
  const canDraw = useEditing((editing) => editing.canDraw)
  const [byKeyboard, setByKeyboard] = useState(false)
  const standing = useGrids().data?.grids
  const taken = useMemo(() => standing?.map((grid) => grid.code) ?? [], [standing])
  const { view } = useAddress()
  const gesture = useRef<Gesture>({})
  const plan = useEditing((editing) => editing.plan)
  const streets = useStreets(canDraw && tool === 'reshape' ? plan : null)

  useEffect(() => {
    if (!session || !active) return undefined
    const current = gestures[canDraw ? tool : 'select'](deskOn(session, owner, taken, streets))
    gesture.current = current
    let frame = 0
    let latest: LngLat | null = null
    const move = (at: LngLat): void => {
      latest = at
      frame ||= requestAnimationFrame(() => {
        frame = 0
        if (latest) current.move?.(latest)
      })
    }
    owner.setPointerMode({
      cursor: toolOf(tool).cursor,
      onMove: (at) => {
        setByKeyboard(false)
        move(at)
      },
      onDown: (at) => current.down?.(at) ?? false,
      onUp: (at) => {
        latest = null
        current.up?.(at)
      },
      onClick: (at) => current.click?.(at),
      onDoubleClick: () => current.finish?.(),
      onLeave: () => {
        latest = null
        showTrial(null)
      },
    })
    return () => {
      cancelAnimationFrame(frame)
      current.back?.()
      showTrial(null)
      owner.setPointerMode(null)
    }
  }, [session, owner, active, tool, canDraw, taken, streets])

  useEffect(() => {
    if (!session || !active) return undefined
    const keyboard = keyboardPointer(owner, () => gesture.current, setByKeyboard)
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || document.querySelector('.ant-modal-wrap:not([style*="none"])')) return
      const done =
        undoOrRedo(event, session, canDraw) ||
        (!event.ctrlKey &&
          !event.metaKey &&
          !event.altKey &&
          (drawingKey(event, session, gesture.current, canDraw, owner, taken) || keyboard(event)))
      if (!done) return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  }, [session, owner, active, canDraw, taken])

  // The map was moved under the place that the keyboard points at.
  useEffect(() => {
    if (byKeyboard) gesture.current.move?.(view ? [view.longitude, view.latitude] : middle(owner))
  }, [owner, view, byKeyboard])
  return byKeyboard
}

const noStreets: readonly Barrier[] = []

/** The streets of a plan's ground, once a tool asks for them; none until they have come. */
function useStreets(plan: string | null): readonly Barrier[] {
  const { data, current } = useResource(plan === null ? null : api.planStreets(plan))
  return (current && data?.streets) || noStreets
}

const deskOn = (
  session: Session,
  owner: MapOwner,
  taken: readonly string[],
  streets: readonly Barrier[],
): Desk => ({
  drawing: () => session.store.read().drawing!,
  selected: () => {
    const { selection } = readState().address
    const code = selection?.kind === 'grid' ? selection.id : null
    return code !== null && session.store.read().drawing?.grids.has(code) ? code : null
  },
  select: (code) => select(code === null ? null : { kind: 'grid', id: code }),
  edit: (edit) => session.edit(edit),
  show: showTrial,
  reach: () => degreesOfPixels(reachPixels, owner.view().zoom, owner.view().latitude),
  taken: () => taken,
  streets: () => streets,
})

const middle = (owner: MapOwner): LngLat => [owner.view().longitude, owner.view().latitude]

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

function undoOrRedo(event: KeyboardEvent, session: Session, canDraw: boolean): boolean {
  if (!canDraw || event.altKey || !(event.ctrlKey || event.metaKey)) return false
  const key = event.key.toLowerCase()
  if (key === 'y' || (key === 'z' && event.shiftKey)) session.redo()
  else if (key === 'z') session.undo()
  else return false
  return true
}

function drawingKey(
  event: KeyboardEvent,
  session: Session,
  gesture: Gesture,
  canDraw: boolean,
  owner: MapOwner,
  taken: readonly string[],
): boolean {
  if (!canDraw) return false
  if (event.key === 'Escape') {
    if (gesture.back?.()) return true
    if (readEditing().tool === 'select') return false
    chooseTool('select')
    return true
  }
  if (event.key === 'Enter' && gesture.finish && onMap()) {
    gesture.finish()
    return true
  }
  const tool = tools.find((one) => one.key === event.key.toLowerCase())
  if (tool) chooseTool(tool.id)
  else if (event.key === 'g') addGridAt(session, readEditing().trial?.at ?? middle(owner), taken)
  else return false
  return true
}

const onMap = (): boolean =>
  document.activeElement === document.body || document.activeElement?.tagName === 'CANVAS'

/** Space clicks in the middle of the map, or picks up and puts down there; the arrows move the map under it. */
function keyboardPointer(
  owner: MapOwner,
  gesture: () => Gesture,
  show: (byKeyboard: boolean) => void,
): (event: KeyboardEvent) => boolean {
  let held = false
  return (event) => {
    if (document.activeElement?.tagName !== 'CANVAS') return false
    if (/^Arrow/.test(event.key)) show(true)
    if (event.key !== ' ') return false
    show(true)
    const at = middle(owner)
    if (held) {
      held = false
      gesture().up?.(at)
    } else if (gesture().down?.(at)) held = true
    else gesture().click?.(at)
    return true
  }
}
