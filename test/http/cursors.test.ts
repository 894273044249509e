/** A page that starts after something nobody gave is refused, and never a fault of the service. */
import { beforeAll, expect, it } from 'vitest'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import { allRoutes } from '../../server/routes/table.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
})

const paging = allRoutes.filter(({ method, query }) => method === 'get' && 'after' in fieldsOf(query))

function fieldsOf(query: unknown): object {
  const { shape } = query as { shape?: object }
  return shape ?? {}
}

it.each(paging.map(({ path }) => path))('%s', async (path) => {
  const address = path.replace('{code}', town).replace(/\{\w+\}/g, 'none')
  const seen = new Set<number>()
  const codes = new Set<string | undefined>()
  for (let parts = 1; parts <= 5; parts += 1)
    for (const part of ['x', '2026-13-45', '\u0000']) {
      const after = Buffer.from(JSON.stringify(Array.from({ length: parts }, () => part))).toString(
        'base64url',
      )
      for (const query of [
        `from=${day}&to=2026-10-10`,
        `from=${day}&to=2026-10-10&step=visited`,
        `day=${day}&kind=place`,
        '',
      ]) {
        const { status, body } = await service.get(`${address}?${query}&after=${after}`)
        seen.add(status)
        codes.add((body as ProblemDetails).code)
      }
    }
  expect([...seen].filter((status) => status >= 500)).toEqual([])
  expect(codes).toContain('bad_request')
})
