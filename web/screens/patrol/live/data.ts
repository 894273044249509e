/** What the live view looks at: the line to the service, who of it is listed, whom the map follows. */
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { api } from '../../../api.ts'
import { useArea } from '../../../period.ts'
import { type Bbox, useChoice } from '../../../state.ts'
import { createStore, useStore } from '../../../store.ts'
import { useResource } from '../../../use-resource.ts'
import { createLive, type Live, nothingLive, openLink } from './link.ts'
import { type JudgedWorker, judged, type LiveState } from './people.ts'

/** Of this page: a link tells where to look, not who was where. */
export const live = createLive()

export const useLive = <Part>(part: (value: Live) => Part): Part => useStore(live, part)

/** Ages go on while nothing is heard. */
const tickMilliseconds = 1000

/** This machine's clock to the second. */
export const useNow = (): number =>
  useSyncExternalStore(
    (listener) => {
      const timer = setInterval(listener, tickMilliseconds)
      return () => clearInterval(timer)
    },
    () => Math.floor(Date.now() / tickMilliseconds) * tickMilliseconds,
  )

/** How often states are judged anew without news. Milliseconds. */
const judgeMilliseconds = 5000

/** Everybody with a state, by the service's clock. */
export function useJudged(): readonly JudgedWorker[] {
  const people = useLive((value) => value.people)
  const thresholds = useLive((value) => value.thresholds)
  const moment = Math.floor(useNow() / judgeMilliseconds)
  return useMemo(
    () => judged(people, Date.now() + live.read().offset, thresholds),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the moment stands for the clock
    [people, thresholds, moment],
  )
}

export type Reach = 'area' | 'map'

/** A county's thousands are followed where one looks; the people of a township all of them. */
export function useReach(): [Reach, (reach: Reach) => void] {
  const area = useArea()
  return useChoice<Reach>('reach', area?.level === 'county' ? 'map' : 'area')
}

export const useStateFilter = () => useChoice<LiveState | 'all'>('state', 'all')

/** What the map shows, told by the overlay; null until it is known. */
const viewport = createStore<{ readonly bbox: Bbox | null }>({ bbox: null })
export const setViewport = (bbox: Bbox): void => viewport.write({ bbox })

/** Whether the map keeps to the selected worker. */
const follow = createStore<{ readonly isOn: boolean }>({ isOn: false })
export const useFollow = (): boolean => useStore(follow, (value) => value.isOn)
export const setFollow = (isOn: boolean): void => {
  if (follow.read().isOn !== isOn) follow.write({ isOn })
}

/** Undefined until it is known who asks. */
export function useMayFollow(): boolean | undefined {
  const { data } = useResource(api.session())
  return data && (data.role === 'administrator' || data.role === 'supervisor')
}

/** Keeps the line open while the live view is shown; called once, beside the map. */
export function useLink(isShown: boolean): void {
  const area = useArea()?.code
  const mayFollow = useMayFollow()
  const [reach] = useReach()
  const seen = useStore(viewport, (value) => value.bbox)
  const bbox = reach === 'map' ? seen : null
  const isReady = isShown && mayFollow === true && (reach === 'area' || seen !== null)
  useEffect(() => {
    if (!isReady || area === undefined) return undefined
    return openLink(live, area, bbox)
  }, [isReady, area, bbox])
  // Where people are is not kept when nobody looks.
  useEffect(() => {
    if (!isShown) live.write(nothingLive)
  }, [isShown])
}
