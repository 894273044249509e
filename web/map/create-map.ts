/**
 * The one owner of the MapLibre map and of deck.gl's overlay. Everything others want is asked for through `MapOwner`:
 * show these layers, light this target, go there. Everything that happens is told through `MapEvents`.
 */
import 'maplibre-gl/dist/maplibre-gl.css'
import './worker.ts'
import {
  addProtocol,
  type LngLat,
  Map as MapLibreMap,
  type MapMouseEvent,
  ScaleControl,
  type TransformStyleFunction,
} from 'maplibre-gl'
import type { LngLat as Position } from '../../server/core/values.ts'
import type { MapView, Target } from '../address.ts'
import type { Bbox } from '../state.ts'
import type { DeckDescription, LayerDescription } from './layer.ts'
import { loadTile } from './load-tile.ts'
import { applyChange, featureUnder, lightFeatures } from './map-operations.ts'
import type { Theme } from './palette.ts'
import { addPatterns } from './patterns.ts'
import { changesBetween, emptyPicture, pictureOf } from './reconcile.ts'
import { groundStyle, slotId, tileScheme } from './style.ts'

export interface MapEvents {
  readonly onHover: (target: Target | null) => void
  readonly onSelect: (target: Target | null) => void
  /** After the map came to rest somewhere else. */
  readonly onMove: (view: MapView) => void
  /** The position under the pointer; null: it left the map. */
  readonly onPointer: (position: Position | null) => void
  /** Something is still on its way (tiles, styles), or no longer. */
  readonly onBusy: (busy: boolean) => void
}

/** Takes the pointer away from hovering and selecting, e.g. to measure. */
export interface PointerMode {
  /** Of the style sheet's cursors; `crosshair` when absent. */
  readonly cursor?: string
  readonly onClick: (position: Position) => void
  readonly onMove: (position: Position) => void
  readonly onDoubleClick: () => void
  /** The button went down. True: the drag is the mode's and the map stays where it is; `onUp` ends it and no click follows. */
  readonly onDown?: (position: Position) => boolean
  readonly onUp?: (position: Position) => void
  readonly onLeave?: () => void
}

export interface FitOptions {
  /** Share of the map left free on each side. */
  readonly air: number
  readonly animate: boolean
  /** A person asked for it: `onMove` is told. */
  readonly asked: boolean
  /** What lies over the map's right and lower edge, pixels. */
  readonly covered: { readonly right: number; readonly bottom: number }
}

export interface MapOwner {
  /** What readers of the page hear of the map. */
  readonly setName: (name: string) => void
  readonly setTheme: (theme: Theme) => void
  readonly show: (layers: readonly LayerDescription[]) => void
  /** Layers that change with every move of the pointer, or by the second, above those of `show` in their slot. */
  readonly showLive: (layers: readonly DeckDescription[]) => void
  /** Fetches deck.gl once the map has come to rest, so that the first of its layers need not wait for it. */
  readonly prepareDeck: () => void
  readonly highlight: (hovered: Target | null, selected: Target | null) => void
  readonly fit: (bbox: Bbox, how: FitOptions) => void
  readonly goTo: (view: MapView) => void
  readonly view: () => MapView
  /** What the map shows now. */
  readonly bounds: () => Bbox
  readonly zoomBy: (levels: number) => void
  /** Tells of every frame in which the map moves, whoever moves it. @returns what ends it */
  readonly onFrame: (listener: () => void) => () => void
  /** Where a position stands on the map's element, pixels from its upper left. */
  readonly pixelOf: (position: Position) => readonly [x: number, y: number]
  /** The map as it is seen now, in the screen's own pixels. */
  readonly picture: () => Promise<ImageBitmap>
  readonly setCursor: (cursor: string) => void
  readonly setPointerMode: (mode: PointerMode | null) => void
  readonly destroy: () => void
}

addProtocol(tileScheme, (request, { signal }) => loadTile(request, signal))

const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Pixels the open legend takes, with its margins. */
const legendWidth = 240

export function createMap(
  container: HTMLElement,
  theme: Theme,
  start: Bbox | MapView,
  events: MapEvents,
): MapOwner {
  const map = new MapLibreMap({
    container,
    style: groundStyle(theme),
    ...(isView(start)
      ? { center: [start.longitude, start.latitude] as [number, number], zoom: start.zoom }
      : { bounds: [...start] as [number, number, number, number], fitBoundsOptions: { padding: 48 } }),
    // A tilted or turned map helps nobody here, and deck.gl's flat layers would flicker in it.
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    fadeDuration: reducedMotion() ? 0 : 150,
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.addControl(new ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left')

  let picture = emptyPicture
  let wanted: readonly LayerDescription[] = []
  let live: readonly DeckDescription[] = []
  let hovered: Target | null = null
  let selected: Target | null = null
  let mode: PointerMode | null = null
  let deck: Promise<DeckOverlay> | undefined
  let destroyed = false
  let styleLoaded = false
  let current = theme

  function draw(): void {
    if (destroyed || !styleLoaded) return
    const next = pictureOf(wanted)
    for (const change of changesBetween(picture, next)) applyChange(map, change)
    picture = next
    lightFeatures(map, picture, hovered, 'hover', true)
    lightFeatures(map, picture, selected, 'selected', true)
    drawDeck()
  }

  /** Whatever is wanted when deck.gl has come. */
  function drawDeck(): void {
    const layers = (): readonly DeckDescription[] => [...wanted.filter((one) => one.kind === 'deck'), ...live]
    if (!styleLoaded || (layers().length === 0 && !deck)) return
    void loadDeck().then((overlay) => !destroyed && overlay.show(layers()))
  }

  /** deck.gl is half a megabyte: it comes when the first of its layers is drawn. */
  function loadDeck(): Promise<DeckOverlay> {
    deck ??= import('./deck-overlay.ts').then(({ createDeckOverlay }) => createDeckOverlay(map))
    return deck
  }

  async function targetAt(event: MapMouseEvent): Promise<Target | null> {
    const hit = featureUnder(map, picture, event.point)
    const overlay = deck ? (await deck).pick(event.point.x, event.point.y) : null
    return overlay && (!hit || rank[overlay.slot] > rank[hit.slot]) ? overlay.target : (hit?.target ?? null)
  }

  let latestMove = 0
  async function pointerMoved(event: MapMouseEvent): Promise<void> {
    const serial = ++latestMove
    const position = positionOf(event.lngLat)
    events.onPointer(position)
    if (mode) return mode.onMove(position)
    if (map.isMoving()) return
    const target = await targetAt(event)
    // A slower answer to an older position is of no interest.
    if (serial !== latestMove || destroyed || mode) return
    map.getCanvas().style.cursor = target ? 'pointer' : ''
    events.onHover(target)
  }

  map.on('mousemove', (event) => void pointerMoved(event))
  map.on('mouseout', () => {
    latestMove++
    events.onPointer(null)
    events.onHover(null)
    mode?.onLeave?.()
  })

  let dragging = false
  map.on('mousedown', (event) => {
    // With Alt held the drag is the map's, whatever the mode.
    if (!mode?.onDown || event.originalEvent.button !== 0 || event.originalEvent.altKey) return
    dragging = mode.onDown(positionOf(event.lngLat))
    if (!dragging) return
    event.preventDefault()
    // The button may come up anywhere.
    addEventListener('mouseup', released, { once: true })
  })
  function released(event: MouseEvent): void {
    const box = map.getCanvas().getBoundingClientRect()
    mode?.onUp?.(positionOf(map.unproject([event.clientX - box.left, event.clientY - box.top])))
    // The click that the browser makes of this press comes after it.
    setTimeout(() => {
      dragging = false
    })
  }
  map.on('click', (event) => {
    if (dragging) return
    if (mode) mode.onClick(positionOf(event.lngLat))
    else void targetAt(event).then((target) => !destroyed && events.onSelect(target))
  })
  map.on('dblclick', (event) => {
    if (!mode) return
    event.preventDefault()
    mode.onDoubleClick()
  })
  map.on('moveend', (event) => {
    // Also resizing ends a move: only what a person did is told.
    if (event.originalEvent || ('asked' in event && event.asked)) events.onMove(view())
  })
  map.on('dataloading', () => events.onBusy(true))
  map.on('idle', () => events.onBusy(false))
  map.on('style.load', () => {
    styleLoaded = true
    addPatterns(map)
    draw()
  })

  const view = (): MapView => {
    const centre = map.getCenter().wrap()
    return { longitude: centre.lng, latitude: centre.lat, zoom: map.getZoom() }
  }

  /** What the screens drew stays, in its place among the new ground. */
  const keepDrawn: TransformStyleFunction = (before, ground) => {
    const slotOfDrawn = new Map(picture.layers.map((layer) => [layer.id, slotId(layer.slot)]))
    const drawn = (before?.layers ?? []).filter((layer) => slotOfDrawn.has(layer.id))
    const sources = Object.entries(before?.sources ?? {}).filter(([id]) => picture.sources.has(id))
    return {
      ...ground,
      sources: { ...ground.sources, ...Object.fromEntries(sources) },
      layers: ground.layers.flatMap((layer) => [
        ...drawn.filter((one) => slotOfDrawn.get(one.id) === layer.id),
        layer,
      ]),
    }
  }

  return {
    setName: (name) => map.getCanvas().setAttribute('aria-label', name),
    setTheme: (next) => {
      if (next === current) return
      current = next
      map.setStyle(groundStyle(next), { transformStyle: keepDrawn })
    },
    show: (layers) => {
      wanted = layers
      draw()
    },
    prepareDeck: () => {
      if (deck) return
      // Read and compiled only: an overlay that is there costs part of each frame, though it draws nothing.
      void map.once('idle', () => void import('./deck-overlay.ts'))
      map.triggerRepaint()
    },
    showLive: (layers) => {
      live = layers
      drawDeck()
    },
    highlight: (nextHovered, nextSelected) => {
      lightFeatures(map, picture, hovered, 'hover', false)
      lightFeatures(map, picture, selected, 'selected', false)
      hovered = nextHovered
      selected = nextSelected
      lightFeatures(map, picture, hovered, 'hover', true)
      lightFeatures(map, picture, selected, 'selected', true)
    },
    fit: (bbox, { air, animate, asked, covered }) => {
      map.resize()
      const { clientWidth, clientHeight } = map.getContainer()
      const width = clientWidth - covered.right
      const [horizontal, vertical] = [width * air, (clientHeight - covered.bottom) * air]
      // The legend lies over the lower right; where there is room, nothing is shown under it.
      const legend = width > 640 ? legendWidth : 0
      map.fitBounds(
        [...bbox],
        {
          padding: {
            left: horizontal,
            right: covered.right + Math.max(horizontal, legend),
            top: vertical,
            bottom: covered.bottom + vertical,
          },
          maxZoom: 18,
          animate: animate && !reducedMotion(),
          duration: 450,
        },
        { asked },
      )
    },
    goTo: (next) => map.jumpTo({ center: [next.longitude, next.latitude], zoom: next.zoom }),
    view,
    bounds: () => {
      const shown = map.getBounds()
      return [shown.getWest(), shown.getSouth(), shown.getEast(), shown.getNorth()]
    },
    zoomBy: (levels) =>
      map.zoomTo(map.getZoom() + levels, { animate: !reducedMotion(), duration: 150 }, { asked: true }),
    onFrame: (listener) => {
      map.on('move', listener)
      return () => void map.off('move', listener)
    },
    pixelOf: ([longitude, latitude]) => {
      const { x, y } = map.project([longitude, latitude])
      return [x, y]
    },
    picture: () =>
      new Promise((resolve, reject) => {
        // The canvas holds a picture only within the frame that draws it.
        map.once('render', () => void createImageBitmap(map.getCanvas()).then(resolve, reject))
        map.triggerRepaint()
      }),
    setCursor: (cursor) => {
      // deck.gl writes the canvas's own cursor with every move: this one stands above it (styles/map.css).
      container.style.setProperty('--map-cursor', cursor)
    },
    setPointerMode: (next) => {
      mode = next
      map.getCanvas().style.cursor = ''
      if (next) container.style.setProperty('--map-cursor', next.cursor ?? 'crosshair')
      else container.style.removeProperty('--map-cursor')
      if (next) map.doubleClickZoom.disable()
      else map.doubleClickZoom.enable()
    },
    destroy: () => {
      destroyed = true
      removeEventListener('mouseup', released)
      map.remove()
    },
  }
}

type DeckOverlay = import('./deck-overlay.ts').DeckOverlay

const rank = { fill: 0, line: 1, top: 2 } as const

const isView = (start: Bbox | MapView): start is MapView => !Array.isArray(start)

const positionOf = (point: LngLat): Position => {
  const { lng, lat } = point.wrap()
  return [lng, lat]
}
