/**
 * The patrol screen in a real browser: eight hours of a fix a second played with their labels, and the live map of a county, 12,110
 * workers with a position each every five seconds. How long until the first frame, what script a frame takes, how many frames
 * there are where graphics are drawn in software, and how old a marker is when it is drawn. Skipped where no Chromium starts.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import type { Browser, Page } from 'playwright-core'
import { buildApp } from '../../server/app.ts'
import { buildWebIfNeeded } from '../../server/build-web.ts'
import { createJobRegister } from '../../server/commands/jobs.ts'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import { takeFixes } from '../../server/commands/take-fixes.ts'
import { readConfig } from '../../server/config.ts'
import { openDatabase } from '../../server/db/database.ts'
import { statement } from '../../server/db/sql.ts'
import type { WorkerFix } from '../../server/db/worker-fix.ts'
import { createReceiving } from '../../server/routes/positions/receive.ts'
import { webFolder } from '../../server/start.ts'
import { at, observe, streetWalk } from '../core/trajectories/simulate.ts'
import { launchBrowser, openPage } from '../support/browser.ts'
import { framesApart, quantile, scriptOfFrames, withoutDrawing } from '../support/frame-times.ts'
import { embeddedPlace } from '../support/place.ts'
import { type Served, serveDemoWith, signInPage } from '../support/users.ts'
import type { BenchRow } from './bench-row.ts'
import { county, middleOf, perTown, seed, townOf, townsOfCounty, updateSeconds } from './live.ts'

const log = pino({ level: 'silent' })
const township = '990427103'
const worker = 'W012'
const day = '2026-10-21'
const playedHours = 8
/** A frame of a display, and the thirtieth of a second that is smooth enough for a playback. Milliseconds. */
const smooth = 1000 / 30
const measuredSeconds = 20

/** What the compiler of this file puts around named functions, those that run in the page among them. */
const keepNames = 'globalThis.__name ??= (one) => one'

const row = (name: string, ours: number, theirs: number, unit: string, note: string): BenchRow => ({
  name: `patrol: ${name}`,
  ours,
  theirs,
  ratio: ours / theirs,
  target: '<= 1',
  unit,
  note,
})
const fpsOf = (apart: readonly number[]): number =>
  (1000 * apart.length) / apart.reduce((sum, one) => sum + one, 0)

export async function bench(): Promise<BenchRow[]> {
  let browser: Browser
  try {
    browser = await launchBrowser()
  } catch (error) {
    process.stderr.write(`skipped: no Chromium starts here (${String(error).split('\n')[0]})\n`)
    return []
  }
  try {
    return [...(await playback(browser)), ...(await liveMap(browser))]
  } finally {
    await browser.close()
  }
}

/** Eight hours of a fix a second around a position, walked along streets with a stop of ten minutes each hour. */
function longDay([longitude, latitude]: readonly [number, number]): WorkerFix[] {
  const out = streetWalk(1.2, 60)
  const [x0, y0] = at(0, 0)
  const truth = (second: number): readonly [number, number] => {
    const inHour = Math.min(second % 3600, 3000) + Math.floor(second / 3600) * 3000
    const phase = inHour % 840
    return out(phase < 420 ? phase : 840 - phase)
  }
  const from = Date.parse(`${day}T08:00:00+08:00`)
  const how = { from, every: 1, seed: 7, sigma: 6, correlation: 60, statesAccuracy: true }
  return observe(truth, playedHours * 3600 - 1, how).map((fix) => ({
    ...fix,
    worker,
    longitude: fix.longitude + longitude - x0,
    latitude: fix.latitude + latitude - y0,
  }))
}

async function playback(browser: Browser): Promise<BenchRow[]> {
  const served = await serveDemoWith([{ login: 'duban', role: 'supervisor', areas: [township] }])
  try {
    const fixes = await walkTheDay(served)
    const drawn = await openDay(browser, served, true)
    const drawnFirst = await firstFrame(drawn.page)
    const apart = await framesApart(drawn.page, 6000)
    const scrubbed = await scrub(drawn.page, 60)
    await drawn.finish()
    const bare = await openDay(browser, served, false)
    const first = await firstFrame(bare.page)
    const played = await scriptOfFrames(browser, bare.page, () => framesApart(bare.page, 6000))
    const moved = await scriptOfFrames(browser, bare.page, () => scrub(bare.page, 200))
    await bare.finish()
    const note = `${fixes} fixes at 1 s`
    return [
      row(
        'from the click on a worker to the first frame of the playback',
        first / 1000,
        1,
        's',
        `${note}; with graphics in software ${(drawnFirst / 1000).toFixed(1)} s`,
      ),
      row(
        'script in a frame of the playback, one in twenty takes more',
        quantile(played, 0.95),
        smooth,
        'ms',
        `the middle one ${quantile(played, 0.5).toFixed(1)} ms; with graphics in software ${fpsOf(apart).toFixed(0)} frames/s`,
      ),
      row(
        'script in a frame while the cursor is moved in each, one in twenty takes more',
        quantile(moved, 0.95),
        smooth,
        'ms',
        `the middle one ${quantile(moved, 0.5).toFixed(1)} ms; with graphics in software ${fpsOf(scrubbed).toFixed(0)} frames/s`,
      ),
    ]
  } finally {
    await served.close()
  }
}

/** @returns how many fixes were matched */
async function walkTheDay({ db }: Served): Promise<number> {
  const [grid] = await db.system().many(
    statement<{ x: number; y: number }>(
      `select st_x(st_pointonsurface(g.boundary)) as x, st_y(st_pointonsurface(g.boundary)) as y
      from wangge.assignments a join wangge.grids g on g.town_id = a.town_id and g.grid_code = a.grid_code and g.valid_to is null
      where a.town_id = '${township}' and a.worker_id = '${worker}' and a.valid_to is null order by a.grid_code limit 1`,
    ),
  )
  if (!grid) throw new Error(`${worker} has no grid`)
  const fixes = longDay([grid.x, grid.y])
  for (let i = 0; i < fixes.length; i += 4000)
    await db.system().transaction((open) => takeFixes(open, township, fixes.slice(i, i + 4000)))
  await matchStaleDays(db)
  return fixes.length
}

async function openDay(
  browser: Browser,
  { origin }: Served,
  draws: boolean,
): Promise<{ page: Page; finish: () => Promise<void> }> {
  const opened = await openPage(browser, origin, { reducedMotion: 'no-preference' })
  const { page } = opened
  await page.addInitScript(keepNames)
  if (!draws) await withoutDrawing(page)
  await signInPage(page, origin, 'duban')
  await page.goto(`/patrol?area=${township}&day=${day}`)
  await page.locator('[data-index]').filter({ hasText: worker }).waitFor()
  await page.locator('.busy-bar').waitFor({ state: 'detached' })
  await page.waitForTimeout(3000)
  return opened
}

/** Clicks the worker and, as soon as it is there, the button; milliseconds until the point with its label stands in a frame. */
const firstFrame = (page: Page): Promise<number> =>
  page.evaluate(async (id) => {
    const frame = (): Promise<unknown> => new Promise(requestAnimationFrame)
    const find = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector)
    const rowOf = [...document.querySelectorAll<HTMLElement>('[data-index]')].find((one) =>
      one.textContent.includes(id),
    )
    const began = performance.now()
    rowOf?.click()
    while (!find('.playback button') || !find('.rule-card')) await frame()
    find('.playback button')?.click()
    while (find('.playback-label')?.hidden !== false) await frame()
    await frame()
    await frame()
    return performance.now() - began
  }, worker)

/** The cursor goes on by a minute in each frame, as with a key held down; the frames' distances in milliseconds. */
const scrub = (page: Page, frames: number): Promise<number[]> =>
  page.evaluate(async (steps) => {
    const slider = document.querySelector<HTMLElement>('.timeline')!
    const apart: number[] = []
    let last = performance.now()
    for (let step = 0; step < steps; step++) {
      await new Promise(requestAnimationFrame)
      const now = performance.now()
      apart.push(now - last)
      last = now
      const key = Math.floor(step / 100) % 2 === 0 ? 'ArrowRight' : 'ArrowLeft'
      slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    }
    return apart
  }, frames)

interface Watched {
  markerAges: number[]
}

/** Notes how old each position is when the frame after its arrival is done. */
const watchAges = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const ages: number[] = []
    ;(globalThis as unknown as Watched).markerAges = ages
    const Original = EventSource
    globalThis.EventSource = class extends Original {
      constructor(...given: ConstructorParameters<typeof EventSource>) {
        super(...given)
        this.addEventListener('positions', ({ data }: MessageEvent<string>) => {
          const { positions } = JSON.parse(data) as { positions: Record<string, [...unknown[]][]> }
          const measured = Object.values(positions).flatMap((list) => list.map((one) => one[4] as number))
          const note = (): void => {
            const now = Date.now()
            for (const time of measured) ages.push(now - time)
          }
          requestAnimationFrame(() => requestAnimationFrame(note))
        })
      }
    }
  })

async function liveMap(browser: Browser): Promise<BenchRow[]> {
  await buildWebIfNeeded(() => {})
  const place = await embeddedPlace('migrated')
  const db = await openDatabase(place.options)
  const now = (): number => Date.now()
  const receiving = createReceiving(db, now, log)
  const jobs = createJobRegister(now, () => {})
  const server = createServer(buildApp({ receiving, db, jobs, now, config: readConfig({}), log, webFolder }))
  let isOver = false
  try {
    await seed(db, townsOfCounty)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const feeding = feed(
      (town, fixes) => receiving.live.board.note(town, fixes),
      () => isOver,
    )
    const bare = await openLive(browser, origin, false)
    const script = await scriptOfFrames(browser, bare.page, () =>
      framesApart(bare.page, measuredSeconds * 1000),
    )
    const ages = await agesOf(bare.page)
    await bare.finish()
    const drawn = await openLive(browser, origin, true)
    const apart = await framesApart(drawn.page, measuredSeconds * 1000)
    const drawnAges = await agesOf(drawn.page)
    await drawn.finish()
    isOver = true
    await feeding
    const people = townsOfCounty * perTown
    const note = `${people} markers, a position each ${updateSeconds} s, ${ages.length} seen in ${measuredSeconds} s`
    return [
      row(
        'live: age of a marker when it stands on the map, p99',
        quantile(ages, 0.99) / 1000,
        2,
        's',
        `${note}; median ${quantile(ages, 0.5)} ms; with graphics in software p99 ${quantile(drawnAges, 0.99)} ms`,
      ),
      row(
        'live: script in a frame, one in a hundred takes more',
        quantile(script, 0.99),
        100,
        'ms',
        `the middle one ${quantile(script, 0.5).toFixed(1)} ms, the longest ${Math.max(...script).toFixed(0)} ms; with graphics in software ${fpsOf(apart).toFixed(0)} frames/s`,
      ),
    ]
  } finally {
    isOver = true
    receiving.live.close()
    server.closeAllConnections()
    server.close()
    await db.close()
    await place.remove()
  }
}

/** Each second a fifth of all workers, spread over it, into the board that `/api/live` reads: durable writing is measured by bench `live`. */
async function feed(note: (town: string, fixes: WorkerFix[]) => void, isOver: () => boolean): Promise<void> {
  const began = performance.now()
  for (let step = 0; !isOver(); step++)
    for (let t = 0; t < townsOfCounty && !isOver(); t++) {
      await sleep(Math.max(0, began + 1000 * (step + t / townsOfCounty) - performance.now()))
      const time = Date.now()
      const indices = Array.from({ length: perTown }, (_, i) => t * perTown + i).filter(
        (i) => i % updateSeconds === step % updateSeconds,
      )
      note(
        townOf(t * perTown),
        indices.map((i) => {
          const [x, y] = middleOf(i)
          const [longitude, latitude] = [x + 1e-5 * (step % 7), y]
          return { worker: `w${i}`, time, longitude, latitude, accuracyMetres: 8, receivedAt: time }
        }),
      )
    }
}

async function openLive(
  browser: Browser,
  origin: string,
  draws: boolean,
): Promise<{ page: Page; finish: () => Promise<void> }> {
  const opened = await openPage(browser, origin, { reducedMotion: 'no-preference' })
  const { page } = opened
  await page.addInitScript(keepNames)
  if (!draws) await withoutDrawing(page)
  await watchAges(page)
  await page.goto(`/patrol?area=${county}&view=live&reach=area`)
  await page.locator('.live-line.is-live').waitFor()
  // Everybody has reported, and the list stands.
  await page.waitForTimeout(1000 * (updateSeconds + 5))
  await page.evaluate(() => {
    ;(globalThis as unknown as Watched).markerAges.length = 0
  })
  return opened
}

const agesOf = (page: Page): Promise<number[]> =>
  page.evaluate(() => (globalThis as unknown as Watched).markerAges)
