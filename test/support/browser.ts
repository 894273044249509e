/**
 * A real Chromium with WebGL for tests, on a machine that has nothing but Node: the one that the npm package @sparticuz/chromium
 * brings along with the shared libraries it needs. It is the same everywhere, and a headless shell: a Chromium with windows,
 * though it shows none, takes half as much time again for every page. $CHROMIUM names another. No page may reach beyond the server under test: a request to any other host is kept and fails `finish`.
 */
import { existsSync } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** For the machines that the bundled browser is not made for. */
const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * WebGL in software, the same on every machine, and only WebGL: put together by OpenGL in software, the page around the map costs
 * more than the map. No background traffic of the browser's own.
 */
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
  '--disable-gpu-compositing',
  '--font-render-hinting=none',
  // This machine and no other. (Routes of the test would do it, too, but turn off the cache and see every request of a map.)
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

export async function launchBrowser(): Promise<Browser> {
  const isBundled = process.platform === 'linux' && process.arch === 'x64'
  const installed = process.env['CHROMIUM'] ?? (isBundled ? undefined : systemBrowsers.find(existsSync))
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
  /** Throws when, since the last look, the page asked any other host, threw an error, or got an answer it should not get. */
  readonly check: () => void
  /** Closes the page and whatever it opened, forgets what was stored, and checks. */
  readonly finish: () => Promise<void>
}

/**
 * A page on the server at `origin`, with cookies and storage of its own. It is watched, and so is whatever it opens: requests to
 * other hosts, which fail, are remembered, and so are errors.
 */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
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
  const faults: string[] = []
  context.on('request', (request) => {
    const { origin: asked, protocol } = new URL(request.url())
    if (asked !== origin && protocol.startsWith('http')) faults.push(`left the server: ${request.url()}`)
  })
  context.on('weberror', (error) => faults.push(error.error().stack ?? error.error().message))
  context.on('response', (response) => {
    // 503 with a time to try again is no defect: the embedded engine takes turns, and a slow machine may be long in one.
    const isBusy = response.status() === 503 && response.headers()['retry-after'] !== undefined
    if (response.status() >= 500 && !isBusy) faults.push(`${response.status()} ${response.url()}`)
  })
  const check = (): void => {
    const found = faults.splice(0)
    if (found.length > 0) throw new Error(`the page failed: ${found.join('\n')}`)
  }
  return {
    page: await context.newPage(),
    check,
    finish: async () => {
      await context.close()
      check()
    },
  }
}
