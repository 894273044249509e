/** MapLibre 6 looks for its worker beside its own file, where a bundler does not put it: the address is set by hand. */
import { setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

setWorkerUrl(workerUrl)
