/** People in a test's database, and signing them in: to a service in process, or to a served one in a browser. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Page } from 'playwright-core'
import { buildApp } from '../../server/app.ts'
import { buildWebIfNeeded } from '../../server/build-web.ts'
import { createJobRegister } from '../../server/commands/jobs.ts'
import { addUser } from '../../server/commands/users/manage-users.ts'
import type { ViewerRole } from '../../server/config.ts'
import { readConfig } from '../../server/config.ts'
import { type Database, openDatabase } from '../../server/db/database.ts'
import { webFolder } from '../../server/start.ts'
import { testPlace } from './place.ts'
import type { Service } from './service.ts'

export interface Person {
  readonly login: string
  readonly role: ViewerRole
  readonly areas: 'all' | readonly string[]
  readonly name?: string
  /** Whose account it is. */
  readonly worker?: string
}

/** Everybody's, in tests. */
export const password = 'correct horse battery'

/** Adds people, all with the same password. */
export async function addPeople(db: Database, people: readonly Person[], now = Date.now()): Promise<void> {
  for (const { login, role, areas, name, worker } of people)
    await addUser(
      db,
      {
        login,
        role,
        areas,
        displayName: name ?? null,
        password,
        worker: worker ? { id: worker } : undefined,
      },
      { actor: 'test', now },
    )
}

/** Signs in to a service in process; the `Cookie` header of the session. */
export async function signIn(service: Service, login: string, secret = password): Promise<string> {
  const response = await service.send((agent) => agent.post('/api/session').send({ login, password: secret }))
  if (response.status !== 200) throw new Error(`${login} could not sign in: ${response.text}`)
  return cookieFrom(response.headers['set-cookie'])
}

/** The service as one person has it, signed in. */
export async function signedIn(service: Service, login: string): Promise<Service> {
  const cookie = await signIn(service, login)
  return {
    ...service,
    get: (path, headers = {}) => service.get(path, { cookie, ...headers }),
    send: (make) => service.send((agent) => make(agent).set({ cookie })),
  }
}

/** What a browser would send back of a `Set-Cookie`. */
export const cookieFrom = (header: unknown): string =>
  String(Array.isArray(header) ? header[0] : header).split(';')[0] ?? ''

export interface Served {
  /** `http://127.0.0.1:…` */
  readonly origin: string
  readonly db: Database
  /** Cuts every line that is open, as a network does. */
  interrupt(): void
  close(): Promise<void>
}

/**
 * The web application as it is built now and the service on a database, on any free port; `db` stays the caller's to close.
 * @param now the service's clock
 */
export async function serveOn(db: Database, now: () => number = Date.now): Promise<Served> {
  await buildWebIfNeeded(() => {})
  const folder = mkdtempSync(join(tmpdir(), 'wangge-served-'))
  const app = buildApp({
    db,
    jobs: createJobRegister(now, (error) => console.error(error)),
    now,
    config: readConfig({}),
    log: pino({ level: 'silent' }),
    uploadFolder: folder,
    webFolder: existsSync(webFolder) ? webFolder : undefined,
  })
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    db,
    interrupt: () => server.closeAllConnections(),
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * The demo township of its own for one test file, with people who have to sign in (`servedDemo` is everybody's, and open).
 * `close` closes the database, too.
 */
export async function serveDemoWith(people: readonly Person[]): Promise<Served> {
  const place = await testPlace('demo')
  const db = await openDatabase(place.options)
  await addPeople(db, people)
  const served = await serveOn(db)
  return {
    ...served,
    async close() {
      await served.close()
      await db.close()
      await place.remove()
    },
  }
}

/**
 * Signs a page's browser context in; the next `goto` is that person's. Pages of one context are one person: open a page for each
 * with options of its own, `openPage(browser, origin, {})`.
 */
export async function signInPage(page: Page, origin: string, login: string): Promise<void> {
  const response = await page.request.post(`${origin}/api/session`, { data: { login, password } })
  if (!response.ok()) throw new Error(`${login} could not sign in: ${await response.text()}`)
}
