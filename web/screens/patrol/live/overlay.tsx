/** Draws the workers beside React: a thousand that move are one drawing, not a thousand renderings. */
import { type ReactNode, useEffect, useRef } from 'react'
import type { Theme } from '../../../map/palette.ts'
import { useTheme } from '../../../preferences.ts'
import { type Bbox, useAddress, useStored } from '../../../state.ts'
import type { OverlayProps } from '../../screen.ts'
import { useWorker } from '../data.ts'
import { live, setFollow, setViewport, useFollow, useReach, useStateFilter } from './data.ts'
import { liveLayers } from './layers.ts'
import { judged, type LiveState } from './people.ts'
import { boxToFollow } from './viewport.ts'

/** How long the map rests until another box is asked for. */
const restMilliseconds = 400
/** States change with time although nobody moves. */
const redrawMilliseconds = 5000

export function LiveOverlay({ owner }: OverlayProps): ReactNode {
  const theme = useTheme()
  const selected = useWorker()
  const hover = useStored((state) => state.hover)
  const hovered = hover?.kind === 'worker' ? hover.id : null
  const [filter] = useStateFilter()
  const isFollowing = useFollow()

  useEffect(
    () => startDrawing(owner, { theme, selected, hovered, filter, isFollowing }),
    [owner, theme, selected, hovered, filter, isFollowing],
  )
  useEffect(() => () => owner.showLive([]), [owner])
  useViewport(owner)
  useLetGo(selected)
  return null
}

interface Look {
  readonly theme: Theme
  readonly selected: string | null
  readonly hovered: string | null
  readonly filter: LiveState | 'all'
  readonly isFollowing: boolean
}

/** @returns what ends it; the last picture stays */
function startDrawing(owner: OverlayProps['owner'], look: Look): () => void {
  const { theme, selected, hovered, filter, isFollowing } = look
  let frame = 0
  const draw = (): void => {
    frame = 0
    const { people, thresholds, offset } = live.read()
    const all = judged(people, Date.now() + offset, thresholds)
    const wanted = filter === 'all' ? all : all.filter((one) => one.state === filter)
    owner.showLive(liveLayers(wanted, { theme, zoom: owner.view().zoom, selected, hovered }))
    const followed = isFollowing ? all.find((one) => one.worker === selected) : undefined
    if (followed) {
      const { longitude, latitude } = followed
      const view = owner.view()
      if (Math.hypot(view.longitude - longitude, view.latitude - latitude) > 1e-5)
        owner.goTo({ ...view, longitude, latitude })
    }
  }
  const soon = (): void => {
    frame ||= requestAnimationFrame(draw)
  }
  soon()
  const stops = [live.subscribe(soon), watchZoom(owner, soon)]
  const timer = setInterval(soon, redrawMilliseconds)
  return () => {
    for (const stop of stops) stop()
    clearInterval(timer)
    cancelAnimationFrame(frame)
  }
}

/** Names come and go with the zoom. */
function watchZoom(owner: OverlayProps['owner'], onChange: () => void): () => void {
  let zoom = owner.view().zoom
  return owner.onFrame(() => {
    const next = owner.view().zoom
    if (Math.floor(next) !== Math.floor(zoom)) onChange()
    zoom = next
  })
}

/** Tells what the map shows, once it rests. */
function useViewport(owner: OverlayProps['owner']): void {
  const [reach] = useReach()
  const asked = useRef<Bbox | null>(null)
  useEffect(() => {
    if (reach !== 'map') return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = (): void => {
      const next = boxToFollow(owner.bounds(), asked.current)
      if (next === asked.current) return
      asked.current = next
      setViewport(next)
    }
    const later = (): void => {
      clearTimeout(timer)
      timer = setTimeout(tell, restMilliseconds)
    }
    later()
    const stop = owner.onFrame(later)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [owner, reach])
}

/** Whoever moves the map wants to look elsewhere; another worker is another wish. */
function useLetGo(selected: string | null): void {
  const { view } = useAddress()
  const before = useRef({ view, selected })
  useEffect(() => {
    if (before.current.view !== view || before.current.selected !== selected) setFollow(false)
    before.current = { view, selected }
  }, [view, selected])
}
