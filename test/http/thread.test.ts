import { afterAll, describe, expect, it } from 'vitest'
import { type RecordTable, tableOf } from '../../server/core/analysis/records.ts'
import { pointToHexagon } from '../../server/core/hexagons/hexagon.ts'
import { AppError } from '../../server/errors.ts'
import { createCoreThread } from '../../server/routes/thread/core-thread.ts'

const question = {
  incidents: [{ longitude: 119.6, latitude: 29.9 }],
  studyArea: null,
  resolution: 9,
  rings: 1,
} as const
const never = new AbortController().signal

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'it succeeded',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

describe('the thread beside the event loop', () => {
  const thread = createCoreThread({ timeoutMilliseconds: 60_000, waiting: 1 })
  afterAll(() => thread.close())

  it('runs a task', async () => {
    const density = await thread.run('hazardDensity', question, never)
    expect(density.hexagons.map((one) => one.count)).toEqual([1])
  })

  it('answers the next after a task whose client has gone', async () => {
    const gone = new AbortController()
    const first = thread.run('hazardDensity', question, gone.signal)
    gone.abort()
    expect(await codeOf(first)).toBe('cancelled')
    expect((await thread.run('hazardDensity', question, never)).hexagons).toHaveLength(1)
  })

  it('is sent once what it keeps, and again when it has forgotten it or is a new one', async () => {
    const tableAt = (longitude: number) =>
      tableOf([
        {
          id: 'a',
          occurredAt: 0,
          category: 'fire',
          severity: null,
          status: 'open',
          longitude,
          latitude: 29.9,
        },
      ])
    const ground = { unit: 'hexagon', resolution: 9, studyArea: null, grids: [], households: null } as const
    const hexagonOf = async (table: RecordTable): Promise<string | undefined> =>
      (await thread.run('placeRecords', { table, ground }, never, { keeps: ['table'] })).cells[0]
    const [here, there] = [pointToHexagon(119.6, 29.9, 9), pointToHexagon(119.7, 29.9, 9)]
    const table = tableAt(119.6)
    expect(await hexagonOf(table)).toBe(here)
    // What the thread has is its own: a change here, which nobody makes but this test, is not seen there.
    table.longitude[0] = 119.7
    expect(await hexagonOf(table)).toBe(here)
    for (let others = 0; others < 8; others++) expect(await hexagonOf(tableAt(119.6))).toBe(here)
    expect(await hexagonOf(table)).toBe(there)
    table.longitude[0] = 119.6
    expect(await hexagonOf(table)).toBe(there)
    await thread.close()
    expect(await hexagonOf(table)).toBe(here)
  })

  it('refuses a question too large for it, and one too many', async () => {
    const world = {
      type: 'Polygon' as const,
      coordinates: [
        [
          [-170, -80],
          [170, -80],
          [170, 80],
          [-170, 80],
          [-170, -80],
        ],
      ],
    }
    expect(await codeOf(thread.run('hazardDensity', { ...question, studyArea: world }, never))).toBe(
      'bad_request',
    )
    const three = [1, 2, 3].map(() => codeOf(thread.run('hazardDensity', question, never)))
    expect(await Promise.all(three)).toEqual(['it succeeded', 'it succeeded', 'busy'])
  })
})

it('stops a task that takes too long', async () => {
  const thread = createCoreThread({ timeoutMilliseconds: 1, waiting: 1 })
  expect(await codeOf(thread.run('hazardDensity', question, never))).toBe('busy')
  await thread.close()
})
