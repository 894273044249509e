/** Photos of an incident of the small town: who may add and see them. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import type { IncidentLifeAnswer } from '../../server/contract/incident-life.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { otherTown, seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()
const incident = `/api/areas/${town}/incidents/i3`
let supervisor: Service
let analyst: Service
let neighbour: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  supervisor = serviceOn(test.db, { viewer: `supervisor:${town}` })
  analyst = serviceOn(test.db, { viewer: `analyst:${town}` })
  neighbour = serviceOn(test.db, { viewer: `supervisor:${otherTown}` })
})

describe('photos', () => {
  /** A picture of one pixel; Exif in front of it names a place. */
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
    'base64',
  )
  const send = (service: Service, bytes: Buffer) =>
    service.send((agent) => agent.post(`${incident}/photos`).type('image/png').send(bytes))

  it('are kept once, shown to who may see the incident, and refused when they are none', async () => {
    const added = await send(supervisor, pixel)
    expect([added.status, added.body]).toEqual([
      201,
      { id: expect.any(String) as string, width: 1, height: 1 },
    ])
    await send(supervisor, pixel)
    const { photos } = (await supervisor.get(incident)).body as IncidentLifeAnswer
    expect(photos).toMatchObject([{ type: 'image/png', by: 'local-supervisor' }])
    const one = `${incident}/photos/${photos[0]?.id}`
    const shown = await supervisor.get(one)
    expect([shown.headers['content-type'], shown.headers['cache-control']]).toEqual(['image/png', 'no-store'])
    expect(Buffer.from(shown.body as Buffer).equals(pixel)).toBe(true)
    expect((await neighbour.get(one)).status).toBe(404)
    expect((await send(analyst, pixel)).status).toBe(403)
    const none = await send(supervisor, Buffer.from('<svg/>'))
    expect([none.status, (none.body as ProblemDetails).flaws?.map(({ code }) => code)]).toEqual([
      422,
      ['photo_unreadable'],
    ])
  })
})
