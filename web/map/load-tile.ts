/**
 * Tiles of this server for MapLibre, which asks once and leaves a hole where it was refused: a server that is busy says when to come
 * back (503 with Retry-After), and is asked again then. A tile that nobody wants any more is not.
 */
import { AJAXError, type GetResourceResponse, type RequestParameters } from 'maplibre-gl'
import { askForTile } from '../api.ts'
import { tileScheme } from './style.ts'

/** So often a tile is asked for, the wait a little longer each time: with the server's 2 s, for about 45 s in all. */
const mostTries = 6
/** Between two of them, whatever the server says. */
const longestWaitSeconds = 30

interface LoadSettings {
  /** For a path of the server. */
  readonly ask?: typeof askForTile
  /** So many seconds; rejects when the signal is aborted. */
  readonly wait?: (seconds: number, signal: AbortSignal) => Promise<void>
}

/**
 * @param url of `tileScheme`
 * @throws AJAXError with the status, when the server refuses for good or too often; the signal's reason, when it is aborted
 */
export async function loadTile(
  { url }: Pick<RequestParameters, 'url'>,
  signal: AbortSignal,
  { ask = askForTile, wait = waitSpread }: LoadSettings = {},
): Promise<GetResourceResponse<ArrayBuffer>> {
  const path = url.replace(`${tileScheme}://`, '/tiles/')
  for (let tries = 1; ; tries++) {
    const response = await ask(path, signal)
    if (response.ok) return tileOf(response)
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    if (response.status !== 503 || Number.isNaN(seconds) || tries === mostTries)
      throw new AJAXError(response.status, response.statusText, url, await response.blob())
    await wait(Math.min(seconds * tries, longestWaitSeconds), signal)
  }
}

async function tileOf(response: Response): Promise<GetResourceResponse<ArrayBuffer>> {
  const etag = response.headers.get('etag')
  return {
    data: await response.arrayBuffer(),
    cacheControl: response.headers.get('cache-control'),
    expires: response.headers.get('expires'),
    ...(etag !== null && { etag }),
  }
}

/** Up to half as long again, by chance: a screenful of tiles that were refused together must not come back together. */
function waitSpread(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, seconds * 1000 * (1 + Math.random() / 2))
    signal.addEventListener('abort', aborted)
    function done(): void {
      signal.removeEventListener('abort', aborted)
      resolve()
    }
    function aborted(): void {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
  })
}
