/** What every file of browser tests begins with: pages that are watched, the demo open in one of them. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { launchBrowser, openPage, type WatchedPage } from './browser.ts'
import { servedDemo } from './served-demo.ts'

/** WebGL in software on a shared machine: slow is not wrong. */
const patienceMilliseconds = 300_000

/** Half as many pixels each way: the page is laid out as ever, and the map drawn in half the time. */
const coarse: BrowserContextOptions = { deviceScaleFactor: 0.5 }

export interface BrowserTests {
  /** A page on the server at `origin`, with cookies and storage of its own; closed after the last test of the file. */
  readonly open: (origin: string, options?: BrowserContextOptions) => Promise<Page>
}

/**
 * Pages of a browser for the tests of a file. Whatever a test looks at: none of its pages may have asked another host, thrown an
 * error or got an answer that tells of a defect; the test after which one has fails. Call it after the hooks of a server of the
 * file's own: what began last ends first, and the pages must be gone before their server.
 */
export function browserTests(): BrowserTests {
  vi.setConfig({ testTimeout: patienceMilliseconds, hookTimeout: patienceMilliseconds })
  const pages: WatchedPage[] = []
  afterEach(() => {
    for (const { check } of pages) check()
  })
  afterAll(async () => {
    for (const { finish } of pages.splice(0)) await finish()
  })
  return {
    async open(origin, options) {
      const watched = await openPage(await browserOfWorker(), origin, { ...coarse, ...options })
      pages.push(watched)
      return watched.page
    },
  }
}

/** Launched for the first file of a worker; it ends with the worker's process. */
let launched: Promise<Browser> | undefined

async function browserOfWorker(): Promise<Browser> {
  if (launched && !(await launched).isConnected()) launched = undefined
  launched ??= launchBrowser()
  return launched
}

export interface DemoTests {
  /** One page for all tests of the file: loading the application costs seconds, and a person does it once a day. */
  readonly page: Page
  /** `http://127.0.0.1:…` */
  readonly origin: string
  /** Takes the page to an address, see `visit` below. */
  readonly visit: (address: string) => Promise<void>
  /** Another page at an address, as of somebody who got the link: nothing is shared with the first. */
  readonly open: (address: string) => Promise<Page>
  /** A parameter of the address where the page is now. */
  readonly parameter: (name: string) => string | null
  /** What the service answers, as JSON; fails unless it is 2xx. */
  readonly ask: <T>(path: string) => Promise<T>
  /** What the service answers to a POST of JSON, as JSON; fails unless it is 2xx. */
  readonly send: <T>(path: string, body: object) => Promise<T>
}

/** The demo township as everybody's (`servedDemo`), open in one page for all tests of a file, which run in order. */
export function demoTests(options: BrowserContextOptions = {}): DemoTests {
  const browser = browserTests()
  let origin = ''
  let opened: Page | undefined
  beforeAll(async () => {
    origin = await servedDemo()
    opened = await browser.open(origin, options)
  })
  const page = (): Page => {
    if (!opened) throw new Error('the page is open within tests and hooks only')
    return opened
  }
  const answer = async <T>(path: string, request?: RequestInit): Promise<T> => {
    const response = await fetch(`${origin}${path}`, request)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    get page() {
      return page()
    },
    get origin() {
      return origin
    },
    visit: (address) => visit(page(), address),
    async open(address) {
      const other = await browser.open(origin, options)
      await other.goto(address)
      return other
    },
    parameter: (name) => new URL(page().url()).searchParams.get(name),
    ask: (path) => answer(path),
    send: (path, body) =>
      answer(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  }
}

/**
 * Takes a page to an address of the application as Back and Forward do, without loading anything anew; a page that shows nothing
 * yet loads it.
 */
export async function visit(page: Page, address: string): Promise<void> {
  if (!page.url().startsWith('http')) await page.goto(address)
  else
    await page.evaluate((to) => {
      history.pushState(null, '', to)
      dispatchEvent(new PopStateEvent('popstate'))
    }, address)
}
