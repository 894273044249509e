/** A service that others could reach starts only when it knows who they are. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../server/db/database.ts'
import { AppError } from '../../server/errors.ts'
import { type StartOptions, startServer } from '../../server/start.ts'
import { type TestPlace, testPlace } from '../support/place.ts'
import { addPeople } from '../support/users.ts'

let place: TestPlace
const folder = mkdtempSync(join(tmpdir(), 'wangge-start-'))
const onHost = (host: string): StartOptions => ({
  port: 0,
  host,
  databaseUrl: place.options.url,
  folder: place.options.url === undefined ? place.options.folder : folder,
  demo: false,
})
beforeAll(async () => {
  place = await testPlace('migrated')
})
afterAll(async () => {
  await place.remove()
  rmSync(folder, { recursive: true, force: true })
})

describe('startServer', () => {
  it('without users refuses an address others can reach, with what to do, and lets go of the database', async () => {
    const error: unknown = await startServer(onHost('0.0.0.0')).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect((error as AppError).detail.en).toContain('wangge user add')
    const server = await startServer(onHost('127.0.0.1'))
    expect((await fetch(`${server.url}/api/session`)).status).toBe(200)
    await server.close()
  })

  it('with a user starts there, and asks for sign-in, whatever viewer is chosen', async () => {
    const db = await openDatabase(place.options)
    await addPeople(db, [{ login: 'boss', role: 'administrator', areas: 'all' }])
    await db.close()
    const server = await startServer({ ...onHost('0.0.0.0'), viewerChosen: true })
    const { port } = new URL(server.url)
    expect((await fetch(`http://127.0.0.1:${port}/api/session`)).status).toBe(401)
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    await server.close()
  })
})
