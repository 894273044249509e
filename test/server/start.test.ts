/** A service that others could reach starts only when it knows who they are. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
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

  it('keeps an idle connection for longer than a proxy or a browser, which close it first', async () => {
    const server = await startServer(onHost('127.0.0.1'))
    const { headers } = await fetch(`${server.url}/api/session`)
    expect(headers.get('keep-alive')).toBe('timeout=75')
    await server.close()
  })

  it('hears terminals of JT/T 808 where a port is given, and not otherwise', async () => {
    const without = await startServer(onHost('127.0.0.1'))
    expect(without.jt808Port).toBeUndefined()
    await without.close()
    const server = await startServer({ ...onHost('127.0.0.1'), jt808Port: 0 })
    const socket = connect(server.jt808Port ?? 0, '127.0.0.1')
    // A heartbeat of a terminal, as Traccar's Jt808ProtocolDecoderTest has it, and its answer: 0x8001.
    socket.write(Buffer.from('7e0002000004304832546500b7ca7e', 'hex'))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString('hex')).toMatch(/^7e80010005043048325465000000b7000200..7e$/)
    await server.close()
    await expect(fetch(server.url)).rejects.toThrow('fetch failed')
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
