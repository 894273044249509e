/**
 * The only fetch. A reading is a `Resource`, a value that names its address and answer; `useResource` (use-resource.ts) loads
 * it. A reading that is answered 503 is asked for once more when the server said to; the browser's cache answers 304s.
 */
import type { z } from 'zod'
import type { enterJointPatrolSchema } from '../server/contract/evidence.ts'
import type { ImportKind, Job } from '../server/contract/jobs.ts'
import type { CheckedFiles, MatchedFiles } from '../server/contract/uploads.ts'
import { asApiError, errorFromResponse } from './api-error.ts'
import type { schemas } from './api-schemas.ts'
import { wantSignIn } from './session.ts'

export type Answers = { [Name in keyof typeof schemas]: z.infer<(typeof schemas)[Name]> }

/** Something that can be read: same `url`, same resource. */
export interface Resource<T> {
  readonly url: string
  /** The name of its schema; also what gives `T`. */
  readonly answer: keyof Answers
  readonly type?: T
  /** Makes what is wanted of what came; absent: it is that. */
  readonly read?: (body: unknown) => T
  /** The list that comes page after page and is wanted as a whole; absent: one answer as it comes. */
  readonly rows?: string
  /** Of that list so many pages; absent: all of them, up to a bound. */
  readonly pages?: number
}

type QueryValue = string | number | boolean | null | undefined

/** `/api/areas/330/grids?day=…`: path parts escaped, empty query values left out. */
export function address(path: readonly string[], query: Readonly<Record<string, QueryValue>> = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value))
  const text = search.toString()
  return `/api/${path.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`
}

function resource<Name extends keyof Answers>(
  answer: Name,
  path: readonly string[],
  query?: Readonly<Record<string, QueryValue>>,
): Resource<Answers[Name]> {
  return { url: address(path, query), answer }
}

/** A list that is wanted whole: loading it follows `next`, at most `mostPages` times. */
const whole = <T>(one: Resource<T>, rows: string & keyof T): Resource<T> => ({ ...one, rows })

/** Days [from, to): unlike what people choose, `to` is the first day left out. */
interface Days {
  readonly from: string
  readonly to: string
}

/** Everything the web reads. */
export const api = {
  session: () => resource('session', ['session']),
  areas: () => resource('areas', ['areas']),
  area: (code: string) => resource('area', ['areas', code]),
  policies: (area: string) => resource('policies', ['areas', area, 'policies']),
  grids: (area: string, day: string | null) => resource('grids', ['areas', area, 'grids'], { day }),
  grid: (area: string, grid: string, day: string | null) =>
    resource('grid', ['areas', area, 'grids', grid], { day }),
  closure: (area: string, day: string) => resource('closure', ['areas', area, 'closure'], { day }),
  repairs: (area: string, day: string) => resource('repairs', ['areas', area, 'repairs'], { day }),
  check: (area: string, day: string | null) => resource('check', ['areas', area, 'check'], { day }),
  patrolDays: (area: string, days: Days, query: { worker?: string; after?: string } = {}) =>
    resource('patrolDays', ['areas', area, 'patrol-days'], { ...days, ...query }),
  allPatrolDays: (area: string, days: Days) =>
    whole(resource('patrolDays', ['areas', area, 'patrol-days'], { ...days, limit: 2000 }), 'rows'),
  patrolDay: (area: string, worker: string, day: string) =>
    resource('patrolDay', ['areas', area, 'workers', worker, 'days', day]),
  dayLanes: (area: string, worker: string, day: string) =>
    resource('dayLanes', ['areas', area, 'workers', worker, 'days', day, 'lanes']),
  dayVisits: (area: string, worker: string, day: string) =>
    resource('dayVisits', ['areas', area, 'workers', worker, 'days', day, 'visits']),
  assessments: (area: string, month: string) =>
    resource('assessments', ['areas', area, 'assessments', month]),
  evidence: (area: string, days: Days, query: { worker?: string } = {}) =>
    whole(resource('evidence', ['areas', area, 'evidence'], { ...days, ...query, limit: 1000 }), 'evidence'),
  dutyRecords: (area: string, days: Days, worker: string) =>
    resource('dutyRecords', ['areas', area, 'duty-records'], { ...days, worker }),
  objections: (area: string, days: Days, query: { worker?: string } = {}) =>
    resource('objections', ['areas', area, 'objections'], { ...days, ...query }),
  jointPatrols: (area: string, days: Days) =>
    resource('jointPatrols', ['areas', area, 'joint-patrols'], { ...days }),
  householdVisits: (area: string, day: string) =>
    whole(resource('householdVisits', ['areas', area, 'household-visits'], { day }), 'households'),
  householdCoverage: (area: string, day: string, days: number) =>
    resource('householdCoverage', ['areas', area, 'household-coverage'], { day, days }),
  householdLadder: (area: string, days: Days, query: { category?: string } = {}) =>
    resource('householdLadder', ['areas', area, 'household-ladder'], { ...days, ...query }),
  missingHouseholds: (
    area: string,
    days: Days,
    query: { step: 'located' | 'assigned' | 'visited'; category?: string },
  ) => resource('missingHouseholds', ['areas', area, 'household-ladder', 'missing'], { ...days, ...query }),
  householdLedger: (area: string, day: string) =>
    resource('householdLedger', ['areas', area, 'household-ledger'], { day }),
  coverage: (area: string, day: string) => resource('coverage', ['areas', area, 'coverage'], { day }),
  overdue: (
    area: string,
    day: string,
    query: {
      kind: 'household' | 'place' | 'lane'
      which: 'overdue' | 'never'
      key?: boolean
      worker?: string
    },
  ) =>
    whole(
      resource('overdue', ['areas', area, 'coverage', 'overdue'], { day, ...query, limit: 2000 }),
      'rows',
    ),
  obstacles: (area: string, day: string) =>
    resource('obstacles', ['areas', area, 'coverage', 'obstacles'], { day }),
  incidents: (
    area: string,
    days: Days,
    query: { category?: string; grid?: string; hexagon?: string; after?: string; limit?: number } = {},
  ) => resource('incidents', ['areas', area, 'incidents'], { ...days, ...query }),
  allIncidents: (
    area: string,
    days: Days,
    query: { category?: string; hexagon?: string; grid?: string } = {},
  ) =>
    whole(
      resource('incidents', ['areas', area, 'incidents'], { ...days, ...query, limit: 1000 }),
      'incidents',
    ),
  exceptions: (area: string) => resource('exceptions', ['areas', area, 'exceptions']),
  plans: (area: string) => resource('plans', ['areas', area, 'plans']),
  plan: (id: string) => resource('plan', ['plans', id]),
  planStreets: (id: string) => resource('planStreets', ['plans', id, 'streets']),
  planChanges: (id: string) => resource('planChanges', ['plans', id, 'changes']),
  /** @param other the plan it is compared with; null: the grids in force */
  planComparison: (id: string, other: string | null) =>
    resource('planComparison', ['plans', id, 'comparison'], { with: other }),
  comparisonGround: (id: string, other: string | null) =>
    resource('comparisonGround', ['plans', id, 'comparison', 'ground'], { with: other }),
  planCodes: (id: string) => resource('planCodes', ['plans', id, 'codes']),
  planComments: (id: string) => resource('planComments', ['plans', id, 'comments']),
  planTasks: (id: string) => resource('planTasks', ['plans', id, 'tasks']),
  planFeasibility: (id: string, { from, to }: { readonly from: number; readonly to: number }) =>
    resource('planFeasibility', ['plans', id, 'feasibility'], { from, to }),
  proposals: (job: string) => resource('proposals', ['proposals', job]),
  jobs: () => resource('jobs', ['jobs']),
  job: (id: string) => resource('job', ['jobs', id]),
  incidentLife: (area: string, incident: string) =>
    resource('incidentLife', ['areas', area, 'incidents', incident]),
  incidentPolicy: (area: string) => resource('incidentPolicy', ['areas', area, 'incident-policy']),
}

/** The live stream of an area, or of what of it is in a box: west, south, east, north in degrees. */
export const liveAddress = (area: string, bbox: readonly number[] | null): string =>
  address(['live'], { area, bbox: bbox && bbox.map((value) => value.toFixed(5)).join(',') })

/** Where the refused records of an import can be saved as CSV. */
export const refusalsAddress = (job: string): string => address(['jobs', job, 'refusals.csv'])

/** More pages than this are not asked for; the `next` that is left then says that there is more. */
const mostPages = 20

/** Loads a resource, with all its pages where it is wanted whole. Throws ApiError, or the signal's AbortError. */
export async function load<T>(what: Resource<T>, signal: AbortSignal): Promise<T> {
  const first = await request(what.answer, what.url, { signal })
  if (what.rows === undefined) return what.read ? what.read(first) : (first as T)
  type Page = Readonly<Record<string, unknown>> & { readonly next: string | null }
  let page = first as unknown as Page
  const rows = [...(page[what.rows] as readonly unknown[])]
  for (let pages = 1; page.next !== null && pages < (what.pages ?? mostPages); pages++) {
    const after = `after=${encodeURIComponent(page.next)}`
    page = (await request(what.answer, `${what.url}&${after}`, { signal })) as unknown as Page
    rows.push(...(page[what.rows] as readonly unknown[]))
  }
  return { ...first, [what.rows]: rows, next: page.next } as T
}

export interface ImportChoices {
  readonly kind: ImportKind
  readonly crs: string
  readonly dryRun: boolean
  readonly acceptValid: boolean
}

/** Starts an import; it runs on the server and is followed through its job. */
export const startImport = (area: string, files: readonly File[], choices: ImportChoices): Promise<Job> =>
  request(
    'job',
    address(['areas', area, 'imports', choices.kind], {
      crs: choices.crs,
      dry_run: choices.dryRun,
      accept_valid: choices.acceptValid,
    }),
    { method: 'POST', body: form({ files }) },
  )

/** Checks a division without storing it. `within` is a file too; without it, openings cannot be told from enclaves. */
export const checkFiles = (
  files: { readonly grids: readonly File[]; readonly within: readonly File[] },
  crs: string,
  signal: AbortSignal,
): Promise<CheckedFiles> =>
  request('checkedFiles', address(['check'], { crs }), { method: 'POST', body: form(files), signal })

/** Matches traces against the grids of an area without storing them. */
export const matchFiles = (
  area: string,
  traces: readonly File[],
  crs: string,
  signal: AbortSignal,
): Promise<MatchedFiles> =>
  request('matchedFiles', address(['match'], { area, crs }), {
    method: 'POST',
    body: form({ traces }),
    signal,
  })

export const cancelJob = (id: string): Promise<Job> =>
  request('job', address(['jobs', id]), { method: 'DELETE' })

/** Notes that a piece of evidence was seen, or is explained. */
export const noteEvidence = (
  area: string,
  id: string,
  state: 'seen' | 'explained',
  reason: string,
): Promise<Answers['evidencePiece']> =>
  request('evidencePiece', address(['areas', area, 'evidence', id, 'notes']), sent({ state, reason }))

/** Registers workers as patrolling together; `to` is the first day no longer meant. The same record twice is one. */
export const enterJointPatrol = (
  area: string,
  record: z.infer<typeof enterJointPatrolSchema>,
): Promise<Answers['jointPatrol']> =>
  request('jointPatrol', address(['areas', area, 'joint-patrols']), sent(record))

/** Withdrawn, it stays in the books. */
export const withdrawJointPatrol = (area: string, id: string): Promise<void> =>
  ask(address(['areas', area, 'joint-patrols', id]), { method: 'DELETE' }, () => Promise.resolve())

/** A tile as it is answered: what to make of a refusal is the map's (map/load-tile.ts). `path` begins with `/tiles/`. */
export const askForTile = (path: string, signal: AbortSignal): Promise<Response> => fetch(path, { signal })

/** Sets a policy of an area; who may, and what it may say, the service decides. */
export const setPolicy = (
  area: string,
  setting: {
    readonly kind: string
    readonly name: string
    readonly from: string
    readonly rules: object | undefined
    readonly reason: string
  },
): Promise<Answers['policySet']> => request('policySet', address(['areas', area, 'policies']), sent(setting))

/** Begins a session: the browser keeps its cookie. */
export const signIn = (login: string, password: string): Promise<Answers['session']> =>
  request('session', address(['session']), sent({ login, password }))

export const signOut = (): Promise<void> =>
  ask(address(['session']), { method: 'DELETE' }, () => Promise.resolve())

export const changePassword = (current: string, next: string): Promise<void> =>
  ask(address(['session', 'password']), sent({ current, next }), () => Promise.resolve())

export const sent = (body: unknown): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})

export function form(parts: Readonly<Record<string, readonly File[]>>): FormData {
  const data = new FormData()
  for (const [name, files] of Object.entries(parts))
    for (const file of files) data.append(name, file, file.name)
  return data
}

export const request = <Name extends keyof Answers>(
  answer: Name,
  url: string,
  init: RequestInit,
): Promise<Answers[Name]> =>
  ask(url, init, async (response) => {
    const body: unknown = await response.json()
    if (import.meta.env.DEV) (await import('./api-schemas.ts')).schemas[answer].parse(body)
    return body as Answers[Name]
  })

export async function ask<T>(
  url: string,
  init: RequestInit,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const label = `${init.method ?? 'GET'} ${url}`
  try {
    const headers = new Headers(init.headers)
    headers.set('accept', 'application/json')
    const send = (): Promise<Response> => fetch(url, { ...init, headers })
    let response = await send()
    const wait = init.method === undefined ? waitWanted(response) : null
    if (wait !== null) {
      await response.body?.cancel()
      await pause(wait, init.signal ?? undefined)
      response = await send()
    }
    if (!response.ok) throw await errorFromResponse(label, response)
    return await read(response)
  } catch (thrown) {
    if (init.signal?.aborted) throw thrown
    const error = asApiError(label, thrown)
    if (error.code === 'unauthenticated') wantSignIn(true)
    throw error
  }
}

/** Nobody waits longer for a reading without being told why. */
const longestWaitSeconds = 10

/** Milliseconds after which a busy server (503) wants to be asked again; null: it does not, or only much later. */
function waitWanted(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return response.status === 503 && seconds >= 0 && seconds <= longestWaitSeconds ? seconds * 1000 : null
}

/** Throws the signal's AbortError when it is aborted meanwhile. */
const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(new DOMException('stopped', 'AbortError'))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
  })
