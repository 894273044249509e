/**
 * Who may read and do what, role by role and route by route: the table of ARCHITECTURE.md (Roles) as a test. Of the two accounts of role
 * worker one is bound to w1, the other to nobody.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import type { EvidenceList } from '../../server/contract/evidence.ts'
import { statement } from '../../server/db/sql.ts'
import { allRoutes } from '../../server/routes/table.ts'
import { useDatabase } from '../support/database.ts'
import type { Service } from '../support/service.ts'
import { county, day, town } from '../support/small-town.ts'
import { post } from './planning.ts'
import {
  chiefs,
  everybody,
  objectionOf,
  oversight,
  type People,
  type Role,
  roles,
  seedRoles,
} from './roles-town.ts'

const test = useDatabase()
let people: People
const as = (role: Role | 'far'): Service => people.get(role)!
beforeAll(async () => {
  people = await seedRoles(test.db)
})

const october = 'from=2026-10-01&to=2026-11-01'
const tile = '14/13635/6764'

/** What is read, by whom. Routes under `ground` show no single person's work; who sees households there, a policy of kind `privacy` says. */
const families: readonly {
  readonly name: string
  readonly may: readonly Role[]
  readonly paths: RegExp
}[] = [
  {
    name: 'ground, households, plans, incidents, analyses, posters, account',
    may: everybody,
    paths: new RegExp(
      `^/(${[
        'api/(session|areas(/{code})?|openapi.json|docs|(plans|proposals|analyses)/.*|jobs(/{id}(/refusals.csv)?)?)',
        'api/areas/{code}/(policies|grids(/{grid})?|check|repairs|closure|plans|exceptions|record|coverage(/overdue)?)',
        'api/areas/{code}/household-(visits|coverage|ledger|ladder(/missing)?)',
        'api/areas/{code}/(incidents(/.*)?|hexagon-grids|incident-(summary|counts|work|policy)|hotspots|analysis|warnings|subjects)',
        '(reports/(plans|households)|posters/(villages|grids))/.*',
        'tiles/(areas|grids|villages|households|buildings|roads|land|hazard)/.*',
        'tiles/[a-z]+.json',
        'ogc(/(conformance|api|tiles.*|tileMatrixSets.*|collections(/((areas|grids|households|places|incidents).*|(patrol-days|traces)(/queryables)?))?))?',
      ]
        .join('|')
        .replace(/[{}]/g, '\\$&')})$`,
    ),
  },
  {
    name: 'days and traces: a worker reads their own',
    may: ['administrator', 'planner', 'supervisor', 'analyst', 'worker'],
    paths:
      /^\/(api\/areas\/\{code\}\/(patrol-days|workers\/.*)|tiles\/traces\/.*|ogc\/collections\/(patrol-days|traces)\/items.*)$/,
  },
  {
    name: 'months, objections, evidence: what decides over people; a worker reads their own',
    may: ['administrator', 'supervisor', 'worker'],
    paths:
      /^\/api\/areas\/\{code\}\/(assessments\/.*|rankings\/.*|duty-records|objections|evidence|joint-patrols)$/,
  },
  {
    name: 'several workers at once',
    may: oversight,
    paths: /^\/api\/areas\/\{code\}\/coverage\/obstacles$/,
  },
  { name: 'the sheet of an area, to be filed', may: chiefs, paths: /^\/reports\/assessments\/.*$/ },
  {
    name: 'who read personal data: a worker, what was the worker’s',
    may: ['administrator', 'worker'],
    paths: /^\/api\/areas\/\{code\}\/accesses$/,
  },
  { name: 'what an operator watches', may: ['administrator'], paths: /^\/metrics$/ },
  {
    name: 'who is where just now, devices, codes for doors',
    may: chiefs,
    paths: /^\/(api\/live|api\/areas\/\{code\}\/devices.*|posters\/check-in-codes\/.*)$/,
  },
]

const queries: Readonly<Record<string, string>> = {
  '/api/areas/{code}/coverage/overdue': 'kind=place',
  '/api/areas/{code}/subjects': 'kind=household&find=h1',
  '/api/areas/{code}/household-ladder/missing': `${october}&step=visited`,
  '/api/areas/{code}/devices/{device}/coordinates': 'from=2026-10-09&to=2026-10-10',
  '/posters/check-in-codes/{code}': 'kind=place',
  '/api/live': `area=${town}&follow=false`,
  '/tiles/traces/{z}/{x}/{y}': `day=${day}`,
  '/tiles/traces.json': `day=${day}`,
  '/tiles/hazard/{z}/{x}/{y}': `area=${town}&${october}`,
  '/tiles/hazard.json': `area=${town}&${october}`,
}
const asksDays =
  /\/(incidents|household-ladder|incident-summary|hotspots|hexagon-grids|incident-counts|analysis|patrol-days|duty-records|objections|evidence|joint-patrols|accesses)$/

const addressOf = (path: string, worker = 'w1', area: string = town): string => {
  const query = queries[path] ?? (asksDays.test(path) && path.includes('{code}') ? october : undefined)
  const filled = path
    .replace('{z}/{x}/{y}', tile)
    .replace('/posters/grids/{code}', '/posters/grids/101')
    .replace('{code}', area)
    .replace('{grid}', '101')
    .replace('{worker}', worker)
    .replace('{day}', day)
    .replace('{month}', '2026-10')
    .replace('{quarter}', '2026-Q4')
    .replace('{incident}', 'i1')
    .replace('{form}', 'ledger')
    .replace('patrol-days/items/{feature}', `patrol-days/items/${area},${worker},${day},101`)
    .replace('traces/items/{feature}', `traces/items/${area},${worker},${day},inside`)
    .replace('{feature}', encodeURIComponent(`${town},101`))
    .replace(/\{\w+\}/g, 'none')
  return query === undefined ? filled : `${filled}?${query}`
}

/** Pages printed as PDF are decided on as the page itself is; a browser for each is not needed. */
const readings = allRoutes.filter(
  ({ method, isPublic, path }) => method === 'get' && isPublic !== true && !path.endsWith('.pdf'),
)
const familyOf = (path: string) => families.filter(({ paths }) => paths.test(path))

describe('every reading route', () => {
  it('is of one family', () => {
    const astray = allRoutes
      .filter(({ method, isPublic }) => method === 'get' && isPublic !== true)
      .map(({ path }) => [path, familyOf(path).length] as const)
      .filter(([, count]) => count !== 1)
    expect(astray).toEqual([])
  })

  it.each(readings.map(({ path }) => path))('lets in whom its family does: %s', async (path) => {
    const [family] = familyOf(path)
    for (const role of roles) {
      const { status } = await as(role).get(addressOf(path))
      const isLetIn = family?.may.includes(role) === true
      // Of households the policy of kind `privacy` decides, which keeps them from analysts (privacy.test.ts).
      const mayBeHidden = role === 'analyst' && family === families[0]
      expect([role, status, isLetIn ? [200, 204, 404, ...(mayBeHidden ? [403] : [])] : [403]]).toEqual([
        role,
        status,
        expect.arrayContaining([status]),
      ])
    }
  })
})

describe('what a worker reads', () => {
  const own = families.filter(({ name }) => name.endsWith('a worker reads their own'))
  const paths = readings
    .map(({ path }) => path)
    .filter((path) => own.some((family) => family.paths.test(path)))
  const textOf = async (service: Service, address: string): Promise<string> => {
    const { text, body } = await service.get(address)
    return Buffer.isBuffer(body) ? body.toString('latin1') : text
  }
  /** What only a colleague has: the id, also within a sentence, and the masked name. */
  const others = /\bw2\b|王\*明|Secret|S\*\*\*/

  const byWorker = paths.filter((path) => path.includes('{worker}'))
  // A ranking has places only once months are over.
  const lists = paths.filter((path) => !/\{worker\}|\{feature\}|rankings/.test(path))
  const filtered = lists.filter((path) => !path.includes('joint-patrols'))
  const askingFor = (path: string, worker: string): string => {
    const address = addressOf(path)
    return `${address}${address.includes('?') ? '&' : '?'}worker=${worker}`
  }

  it.each(paths)('of %s is nothing of a colleague', async (path) => {
    expect(await textOf(as('worker'), addressOf(path))).not.toMatch(others)
  })

  it.each(lists)('of %s is their own, of what supervisors are told of both', async (path) => {
    expect(await textOf(as('worker'), addressOf(path))).toContain('w1')
    expect(await textOf(as('supervisor'), addressOf(path))).toMatch(/\bw2\b/)
  })

  it.each([
    ...byWorker.map((path) => [path, addressOf(path, 'w2')] as const),
    ...filtered.map((path) => [path, askingFor(path, 'w2')] as const),
  ])('of %s is no colleague who is asked for', async (_, address) => {
    const refused = await as('worker').get(address)
    const { code, detail } = JSON.parse(refused.text) as ProblemDetails
    expect([refused.status, code]).toEqual([403, 'forbidden'])
    expect(detail.zh).toContain('本人（w1）')
    expect((await as('supervisor').get(address)).status).toBe(200)
  })

  it.each(paths)('of %s is not a namesake’s of another township', async (path) => {
    const mine = await textOf(as('far'), addressOf(path, 'w1', county))
    const there = await textOf(as('far'), addressOf(path, 'w1', town))
    expect(mine + there).not.toMatch(/李\*光|"101"/)
  })

  it('of tiles, which have no names, is not a namesake’s: there are fewer lines than of both', async () => {
    const address = addressOf('/tiles/traces/{z}/{x}/{y}')
    const mine = await textOf(as('far'), address)
    expect(mine).toContain('w1')
    expect(mine.length).toBeLessThan((await textOf(as('administrator'), `${address}&worker=w1`)).length)
  })

  it.each(paths.filter((path) => path.includes('{feature}')))(
    'of %s is their own, and no colleague’s by its id',
    async (path) => {
      const [mine, theirs] = [addressOf(path, 'w1'), addressOf(path, 'w2').replace(',101', ',202')]
      expect((await as('worker').get(mine)).status).toBe(200)
      expect((await as('far').get(mine)).status).toBe(404)
      expect((await as('worker').get(addressOf(path, 'w2'))).status).toBe(404)
      expect((await as('worker').get(theirs)).status).toBe(404)
    },
  )

  it('of evidence about two phones is not whose the other was, nor what was noted', async () => {
    const address = `/api/areas/${town}/evidence?${october}`
    const seen = (await as('supervisor').get(address)).body as EvidenceList
    const [piece] = seen.evidence.filter(({ worker }) => worker === 'w1')
    expect(piece).toMatchObject({ code: 'carried_together', other: { worker: 'w2' } })
    const note = { state: 'seen', reason: '与 w2 核实' }
    expect(
      (await post(as('supervisor'), `/api/areas/${town}/evidence/${piece!.id}/notes`, note)).status,
    ).toBe(201)
    const mine = (await as('worker').get(address)).body as EvidenceList
    expect(mine.evidence).toContainEqual({
      ...piece,
      other: null,
      notes: [],
      reading: expect.objectContaining({ zh: expect.stringContaining('另一部手机') as string }) as object,
    })
  })

  it('is said to an account of nobody, with what to do', async () => {
    const { text } = await as('unbound').get(addressOf('/api/areas/{code}/patrol-days'))
    const { detail } = JSON.parse(text) as ProblemDetails
    expect(detail.zh).toContain('wangge user worker unbound --worker')
    expect(detail.en).toContain('wangge user worker unbound --worker')
  })

  it('is noted as others’ reading is', async () => {
    const noted = statement<{ viewer: string; subject: string }>(
      `select distinct viewer, subject from wangge.access_log where viewer = 'li' and action in ('evidence', 'reveal') order by 2`,
    )
    await as('worker').get(`${addressOf('/api/areas/{code}/workers/{worker}/days/{day}')}?reveal=true`)
    expect(await test.db.system().many(noted)).toEqual([{ viewer: 'li', subject: 'worker:w1' }])
  })
})

const visitBy = (worker: string) => ({
  id: `visit-${worker}`,
  time: `${day}T02:00:00Z`,
  worker,
  subject: { town, kind: 'household', id: 'h12' },
})
const path = `/api/areas/${town}`

/** What is done for a worker or about one, by whom; each body is good, so that nothing but the role refuses it. */
const deeds: readonly (readonly [name: string, may: readonly Role[], address: string, body: object])[] = [
  ['object for w1', ['administrator', 'supervisor', 'worker'], `${path}/objections`, objectionOf('w1')],
  ['object for w2', chiefs, `${path}/objections`, objectionOf('w2')],
  ['enter a visit of w1', ['administrator', 'supervisor', 'worker'], '/api/visits', visitBy('w1')],
  ['enter a visit of w2', chiefs, '/api/visits', visitBy('w2')],
  [
    'report positions of w2',
    oversight,
    `/ingest/fixes?town=${town}`,
    [{ worker: 'w2', time: `${day}T05:00:00Z`, lon: 119.601, lat: 29.901 }],
  ],
  [
    'report positions of w1',
    [...oversight, 'worker'],
    `/ingest/fixes?town=${town}`,
    [{ worker: 'w1', time: `${day}T05:00:00Z`, lon: 119.601, lat: 29.901 }],
  ],
  [
    'decide on an objection',
    chiefs,
    `${path}/objections/none/decide`,
    { verdict: 'rejected', credited_seconds: null, credited_metres: 0, reason: '没有证据' },
  ],
  [
    'enter a duty record',
    chiefs,
    `${path}/duty-records`,
    {
      id: 'x',
      worker: 'w1',
      kind: 'leave',
      state: 'granted',
      from: '2026-10-26',
      to: '2026-10-27',
      note: '病假',
    },
  ],
  [
    'register a joint patrol',
    chiefs,
    `${path}/joint-patrols`,
    { id: 'j3', workers: ['w1', 'w2'], from: '2026-10-28', to: '2026-10-29', note: '联合检查' },
  ],
  ['note evidence', chiefs, `${path}/evidence/none/notes`, { state: 'seen', reason: '看过' }],
  ['close a month', chiefs, `${path}/assessments/2026-11/close`, {}],
  ['take a month up again', chiefs, `${path}/assessments/2026-11/reopen`, { worker: 'w1', reason: '补登' }],
  ['bind a device', chiefs, `${path}/devices/none/binding`, { worker: 'w1' }],
  [
    'match days again',
    ['administrator', 'planner', 'supervisor'],
    `${path}/rematch`,
    { from: day, to: '2026-10-10' },
  ],
]

describe('what is done about workers', () => {
  it.each(deeds)('%s', async (_, may, address, body) => {
    for (const role of roles) {
      const { status } = await post(as(role), address, body)
      const isRefused = status === 403
      expect([role, status, isRefused]).toEqual([role, status, !may.includes(role)])
    }
  })
})
