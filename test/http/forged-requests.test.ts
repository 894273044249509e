/** A page of another site makes a browser ask with its person's cookie: such a request is refused. */
import { beforeAll, describe, expect, it } from 'vitest'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { now, seedSmallTown, town } from '../support/small-town.ts'
import { addPeople, signIn } from '../support/users.ts'

const test = useDatabase()
let service: Service

beforeAll(async () => {
  await seedSmallTown(test.db)
  await addPeople(test.db, [{ login: 'zhang', role: 'planner', areas: [town], name: '张三' }], now)
  service = serviceOn(test.db, { clock: () => now })
})

describe('a change asked for by a page of another site', () => {
  const ask = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (
      await service.send((agent) =>
        agent
          .post(`/api/areas/${town}/rematch`)
          .set({ host: 'wangge.test', ...headers })
          .send({ from: '' }),
      )
    ).status
  let cookie = ''
  beforeAll(async () => {
    cookie = await signIn(service, 'zhang')
  })

  it.each<[string, Record<string, string>]>([
    ['by the browser’s word', { 'sec-fetch-site': 'cross-site' }],
    ['of the same domain', { 'sec-fetch-site': 'same-site', origin: 'http://wangge.test:81' }],
    ['in an older browser', { origin: 'http://evil.test' }],
    ['on another port', { origin: 'http://wangge.test:81' }],
    ['without a place', { origin: 'null' }],
  ])('%s is refused', async (_, headers) => expect(await ask({ cookie, ...headers })).toBe(403))

  // 400: it was let in, and what it asks for is malformed.
  it.each<[string, Record<string, string>]>([
    ['its own page', { 'sec-fetch-site': 'same-origin', origin: 'http://wangge.test' }],
    ['its own page in an older browser', { origin: 'http://wangge.test' }],
    ['no browser at all', {}],
  ])('%s is heard', async (_, headers) => expect(await ask({ cookie, ...headers })).toBe(400))

  it('is refused where nobody signs in, too', async () => {
    const open = serviceOn(test.db, { viewer: 'administrator' })
    const forged = await open.send((agent) =>
      agent.post(`/api/areas/${town}/rematch`).set({ origin: 'http://evil.test' }).send({ from: '' }),
    )
    expect(forged.status).toBe(403)
  })

  it('only to be read is none of it', async () => {
    expect((await service.get('/api/areas', { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(200)
  })
})
