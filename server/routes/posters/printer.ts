/** HTML pages as PDF through a Chromium of the machine, where there is one: `chromium --headless --print-to-pdf`. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AppError } from '../../errors.ts'

export interface Printer {
  /**
   * The page as PDF. One page is printed at a time, a few may wait.
   * @param isTagged false: without its structure for screen readers, half the time and a fifth of the bytes of a long roster
   * @throws AppError `unsupported` without a browser, `busy` when too many wait, `unavailable` when the browser fails
   */
  print(html: string, signal: AbortSignal, isTagged?: boolean): Promise<Uint8Array>
}

export interface PrinterOptions {
  /** Path of the browser; absent: the first of the usual places that exists. */
  readonly chromium?: string | undefined
  /** Folder for pages while they are printed. */
  readonly folder: string
  readonly timeoutMilliseconds?: number
}

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const MOST_WAITING = 8

export function createPrinter({ chromium, folder, timeoutMilliseconds = 60_000 }: PrinterOptions): Printer {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    async print(html, signal, isTagged = true) {
      const browser = (chromium === undefined ? usualPlaces : [chromium]).find((path) => existsSync(path))
      if (browser === undefined) throw withoutBrowser(chromium)
      if (waiting >= MOST_WAITING)
        throw new AppError('busy', {
          zh: '正在打印的图太多，请稍后再试。',
          en: 'Too many posters are being printed; try again soon.',
        })
      waiting++
      const printed = last.then(() => {
        signal.throwIfAborted()
        return printOnce(
          browser,
          folder,
          html,
          isTagged,
          AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
        )
      })
      last = printed.catch(() => undefined)
      try {
        return await printed
      } finally {
        waiting--
      }
    },
  }
}

async function printOnce(
  browser: string,
  parent: string,
  html: string,
  isTagged: boolean,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(parent, 'poster-'))
  try {
    const [page, pdf] = [join(folder, 'page.html'), join(folder, 'page.pdf')]
    await writeFile(page, html)
    const said = await run(
      browser,
      [
        ...flags(folder),
        ...(isTagged ? [] : ['--disable-pdf-tagging']),
        `--print-to-pdf=${pdf}`,
        pathToFileURL(page).href,
      ],
      signal,
    )
    return await readFile(pdf).catch((error: unknown) => {
      throw failed(said, error)
    })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Nothing of the browser's own: no profile, no traffic, no header on the page. The pages carry no script. */
const flags = (folder: string): string[] => [
  '--headless',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-breakpad',
  '--no-first-run',
  '--no-default-browser-check',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-pdf-header-footer',
  `--user-data-dir=${join(folder, 'profile')}`,
  // The browser refuses to start as root with its sandbox; containers often run as root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

/** What the browser said, once it has ended. @throws AppError when it cannot be started, fails or is stopped */
function run(browser: string, argumentsOf: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(browser, argumentsOf, {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000)
    })
    child.once('error', (error) => reject(failed(said, error)))
    child.once('close', (code) => (code === 0 ? resolve(said) : reject(failed(said))))
  })
}

const failed = (said: string, cause?: unknown): AppError =>
  new AppError(
    'unavailable',
    {
      zh: '浏览器没有生成 PDF；可先打开网页版，用浏览器打印。',
      en: 'The browser made no PDF; open the page itself and print it.',
    },
    [],
    new Error(said, { cause }),
  )

const withoutBrowser = (configured: string | undefined): AppError =>
  new AppError('unsupported', {
    zh: `服务器上没有 Chromium${configured === undefined ? '' : `（${configured}）`}，不能生成 PDF。请打开同一地址的网页版（去掉 .pdf），用浏览器打印；或者在服务器上安装 Chromium，用环境变量 CHROMIUM 指明路径。`,
    en: `There is no Chromium${configured === undefined ? '' : ` at ${configured}`} on the server to make a PDF. Open the same address without .pdf and print it from the browser; or install Chromium on the server and name it in the variable CHROMIUM.`,
  })
