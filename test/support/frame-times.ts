/** What frames of a page cost: script on its main thread, by Chromium's own trace, and how long they were apart. */
import type { Browser, Page } from 'playwright-core'

/** Times in microseconds; `tdur`: of the processor. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
}

const scripts = ['FireAnimationFrame', 'EventDispatch', 'FunctionCall', 'TimerFire', 'RunMicrotasks']

/**
 * Milliseconds of processor that script took between the beginning of each frame and that of the next, while `work` went on: what else
 * the machine does makes no difference.
 */
export async function scriptOfFrames(
  browser: Browser,
  page: Page,
  work: () => Promise<unknown>,
): Promise<number[]> {
  await browser.startTracing(page, { categories: ['devtools.timeline'] })
  await work()
  const trace = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] }
  return framesOf(trace.traceEvents)
}

function framesOf(events: readonly TraceEvent[]): number[] {
  const page = events.find(({ name }) => name === 'FireAnimationFrame')
  if (!page) throw new Error('no frame was traced')
  const main = events.filter(({ pid, tid }) => pid === page.pid && tid === page.tid)
  const begins = main
    .filter(({ name, ph }) => name === 'AnimationFrame::Render' && ph === 'b')
    .map(({ ts }) => ts)
    .toSorted((a, b) => a - b)
  const ran = main
    .filter(({ name, dur }) => scripts.includes(name) && dur !== undefined)
    .toSorted((a, b) => a.ts - b.ts || b.dur! - a.dur!)
  const frames = begins.slice(1).map(() => 0)
  let end = 0
  let frame = 0
  for (const { ts, dur, tdur } of ran) {
    // What runs within another is counted with it.
    if (ts < end) continue
    end = ts + dur!
    while (frame < frames.length && ts >= begins[frame + 1]!) frame++
    if (ts >= begins[0]! && frame < frames.length) frames[frame]! += (tdur ?? dur!) / 1000
  }
  if (frames.length < 100) throw new Error(`${frames.length} frames were traced`)
  return frames
}

/** Drawing costs nothing from here on: done in software a frame would take seconds. Call it before the first `goto`. */
export const withoutDrawing = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    for (const name of [
      'drawArrays',
      'drawElements',
      'drawArraysInstanced',
      'drawElementsInstanced',
    ] as const)
      WebGL2RenderingContext.prototype[name] = () => {}
  })

/** Milliseconds between frames as the page gets them, for a while. */
export const framesApart = (page: Page, milliseconds: number): Promise<number[]> =>
  page.evaluate(async (time) => {
    const apart: number[] = []
    const began = performance.now()
    let last = began
    while (last - began < time) {
      await new Promise(requestAnimationFrame)
      const now = performance.now()
      apart.push(now - last)
      last = now
    }
    return apart
  }, milliseconds)

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!
