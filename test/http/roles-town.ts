/**
 * The small town with people of every role, days, months and evidence of two of its workers, who carry one phone, and of a worker of the
 * town next door who has the same number.
 */
import { ingestFixes } from '../../server/commands/ingest-fixes.ts'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import { createFixWriter } from '../../server/commands/positions/fix-writer.ts'
import { setWorker } from '../../server/commands/users/manage-users.ts'
import type { Database } from '../../server/db/database.ts'
import { statement } from '../../server/db/sql.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { county, day, fixes, now, otherTown, seedSmallTown, town } from '../support/small-town.ts'
import { addPeople, signedIn } from '../support/users.ts'
import { post } from './planning.ts'

/** Of the accounts of role worker `worker` is bound to w1, `unbound` to nobody. */
export const roles = ['administrator', 'planner', 'supervisor', 'analyst', 'worker', 'unbound'] as const
export type Role = (typeof roles)[number]
export const everybody: readonly Role[] = roles
export const oversight: readonly Role[] = ['administrator', 'planner', 'supervisor', 'analyst']
export const chiefs: readonly Role[] = ['administrator', 'supervisor']

/** `far`: bound to w1 of the town next door, with an account for the county. */
export type People = ReadonlyMap<Role | 'far', Service>

export const objectionOf = (worker: string) => ({
  worker,
  from: `${day}T01:00:00Z`,
  to: `${day}T01:30:00Z`,
  claim: '在楼内走访',
})

/** Writes it all into an empty database; what each role has of the service. */
export async function seedRoles(db: Database): Promise<People> {
  const services = new Map<Role | 'far', Service>()
  const as = (role: Role | 'far'): Service => services.get(role)!
  await seedSmallTown(db)
  const run = (text: string): Promise<unknown> => db.system().none(statement(text))
  await run(`insert into wangge.policies (area_code, kind, valid_from, name, rules)
    values ('${town}', 'assessment', '2026-01-01', '004', '{"preset": "004"}')`)
  await run(`insert into wangge.workers (town_id, worker_id, name, role)
    values ('${town}', 'w3', '诸葛大力', 'full_time'), ('${otherTown}', 'w1', 'Secret Neighbour', 'full_time')`)
  await run(`insert into wangge.assignments (town_id, worker_id, grid_code, role, valid_from)
    values ('${otherTown}', 'w1', '901', 'full_time', '2026-01-01'), ('${town}', 'w3', '102', 'full_time', '2026-01-01')`)
  const writer = createFixWriter(db, { onWritten: () => {} })
  // w2 carries the phone along with w1's; the namesake next door walks there.
  for (const [of, where, east] of [
    ['w1', town, 0],
    ['w2', town, 0.00001],
    ['w1', otherTown, 0.01],
  ] as const) {
    const own = fixes.map((fix) => ({ ...fix, worker: of, longitude: fix.longitude + east, place: {} }))
    await ingestFixes(writer, { town: where, batchKey: undefined, fixes: own, now })
  }
  await matchStaleDays(db, { towns: [town, otherTown] })

  for (const role of oversight)
    services.set(role, serviceOn(db, { viewer: role === 'administrator' ? role : `${role}:${town}` }))
  await addPeople(
    db,
    [
      { login: 'li', role: 'worker', areas: [town], worker: 'w1' },
      { login: 'unbound', role: 'worker', areas: [town] },
      { login: 'far', role: 'worker', areas: [county] },
    ],
    now,
  )
  await setWorker(db, { login: 'far', worker: { id: 'w1', town: otherTown } }, { actor: 'test', now })
  const service = serviceOn(db)
  services.set('worker', await signedIn(service, 'li'))
  services.set('unbound', await signedIn(service, 'unbound'))
  services.set('far', await signedIn(service, 'far'))

  for (const [of, where] of [
    ['w1', town],
    ['w2', town],
    ['w1', otherTown],
  ] as const) {
    const path = `/api/areas/${where}`
    const leave = { kind: 'leave', from: '2026-10-12', to: '2026-10-13', state: 'granted', note: '病假' }
    const made = [
      await post(as('administrator'), `${path}/duty-records`, { id: `leave-${of}`, worker: of, ...leave }),
      await post(as('administrator'), `${path}/objections`, objectionOf(of)),
    ]
    if (made.some(({ status }) => status >= 300))
      throw new Error(`not seeded: ${made.map(({ text }) => text).join()}`)
  }
  const together = { workers: ['w2', 'w3'], from: '2026-10-20', to: '2026-10-21', note: '联合检查' }
  await post(as('supervisor'), `/api/areas/${town}/joint-patrols`, { id: 'j1', ...together })
  await post(as('supervisor'), `/api/areas/${town}/joint-patrols`, {
    id: 'j2',
    ...together,
    workers: ['w1', 'w3'],
  })
  return services
}
