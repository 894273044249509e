/**
 * A real Chromium with WebGL for tests, on a machine that has nothing but Node: $CHROMIUM or a system Chromium where there is
 * one, else the one that the npm package @sparticuz/chromium brings along with the shared libraries it needs.
 * No page may reach beyond the server under test: a request to any other host is kept and fails `finish`.
 */
import { existsSync } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** WebGL in software, the same on every machine; no background traffic of the browser's own. */
const flags = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--font-render-hinting=none',
]

export async function launchBrowser(): Promise<Browser> {
  const installed = [process.env['CHROMIUM'], ...systemBrowsers].find((path) => path && existsSync(path))
  const { executablePath, env } = installed
    ? { executablePath: installed, env: undefined }
    : await bundledBrowser()
  return chromium.launch({ executablePath, args: flags, headless: true, ...(env && { env }) })
}

/** The browser of the npm package, unpacked once a machine and user, and the environment in which it finds its libraries. */
async function bundledBrowser(): Promise<{ executablePath: string; env: NodeJS.ProcessEnv }> {
  const before = { ...process.env }
  // A folder of our own: the package takes a `chromium` it finds in the temporary folder as whole, whoever left it there.
  const folder = join(tmpdir(), `wangge-chromium-${userInfo().uid}`)
  await mkdir(folder, { recursive: true })
  try {
    const executablePath = await alone(`${folder}.lock`, async () => {
      process.env['TMPDIR'] = folder
      // The package unpacks its NSS and expat only for runtimes it knows by this variable; any bare Linux needs them too.
      process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs20.x'
      const { default: bundled } = await import('@sparticuz/chromium')
      return bundled.executablePath()
    })
    const libraries = [join(folder, 'al2023', 'lib'), folder, before['LD_LIBRARY_PATH']].filter(Boolean)
    const fonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }
    return { executablePath, env: { ...before, ...fonts, LD_LIBRARY_PATH: libraries.join(':') } }
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}

/** Runs one at a time over all processes of the machine: two test files must not unpack over one another. */
async function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const patience = 120_000
  for (;;) {
    try {
      await mkdir(lock)
      break
    } catch {
      const age = await stat(lock).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      )
      if (age > patience) await rm(lock, { recursive: true, force: true })
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  try {
    return await work()
  } finally {
    await rm(lock, { recursive: true, force: true })
  }
}

export interface WatchedPage {
  readonly page: Page
  /** Closes the page, forgets what it stored, and throws when it asked any other host, threw an error, or got an answer it should not get. */
  readonly finish: () => Promise<void>
}

/** Pages of one browser share what it has loaded: each would pay seconds for the same scripts. */
const contexts = new WeakMap<Browser, Promise<BrowserContext>>()

/** A page on the server at `origin`, watched: other hosts are cut off and remembered, and so are errors of the page. */
export async function openPage(
  browser: Browser,
  origin: string,
  options?: BrowserContextOptions,
): Promise<WatchedPage> {
  const shared = options === undefined
  const known = shared ? contexts.get(browser) : undefined
  const opening = known ?? newContext(browser, origin, options)
  if (shared) contexts.set(browser, opening)
  const context = await opening
  const page = await context.newPage()
  const strayed: string[] = []
  page.on('request', (request) => {
    const { origin: asked, protocol } = new URL(request.url())
    if (asked !== origin && protocol.startsWith('http')) strayed.push(request.url())
  })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error.stack ?? error)))
  page.on('response', (response) => {
    if (response.status() >= 500) errors.push(`${response.status()} ${response.url()}`)
  })
  const finish = async (): Promise<void> => {
    if (!shared) await context.close()
    else {
      if (page.url().startsWith(origin)) await page.evaluate(() => localStorage.clear())
      await page.close()
    }
    if (strayed.length > 0) throw new Error(`requests left the server: ${strayed.join(', ')}`)
    if (errors.length > 0) throw new Error(`the page failed: ${errors.join('\n')}`)
  }
  return { page, finish }
}

async function newContext(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    // Small and without motion: software rendering pays for every pixel and every frame.
    viewport: { width: 1200, height: 760 },
    reducedMotion: 'reduce',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    baseURL: origin,
    ...options,
  })
  context.setDefaultTimeout(60_000)
  await context.route(
    (url) => url.origin !== origin && url.protocol.startsWith('http'),
    (route) => route.abort(),
  )
  return context
}
