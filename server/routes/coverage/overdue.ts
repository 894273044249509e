/** GET /api/areas/{code}/coverage/overdue: households, places or lanes not visited in time, worst first. */
import { z } from 'zod'
import type { JudgedSubject } from '../../commands/coverage/judge-area.ts'
import { requireHouseholds } from '../../commands/household-right.ts'
import { type OverdueRow, overdueQuery, overdueSchema } from '../../contract/coverage.ts'
import { codeSchema } from '../../contract/values.ts'
import { maskName } from '../../core/policy/mask.ts'
import { groupBy } from '../../core/posters/group-by.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { listContacts } from '../../db/coverage.ts'
import type { Scoped } from '../../db/scoped.ts'
import { loadArea } from '../area.ts'
import { decodeCursor, encodeCursor } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { judgedArea } from './judged.ts'

const usualRows = 200

export const overdueRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/coverage/overdue',
  tag: 'coverage',
  summary: { zh: '逾期未走访的户、场所、街巷', en: 'Households, places and lanes not visited in time' },
  params: z.object({ code: codeSchema }),
  query: overdueQuery,
  answer: jsonAnswer(200, 'A page, worst first: longest overdue, then oldest visit', overdueSchema),
  async handle(call) {
    const { db, params, query, now } = call
    const area = await loadArea(db, params.code)
    if (query.kind === 'household') await requireHouseholds(db, area.towns)
    const day = query.day ?? localDayOf(now)
    const { subjects } = await judgedArea(call, area, day)
    const asked = subjects
      .filter(
        ({ kind, grid, isKey, categories, obligation }) =>
          kind === query.kind &&
          (query.grid === undefined || grid === query.grid) &&
          (query.category === undefined || categories.includes(query.category)) &&
          (query.key === undefined || isKey === (query.key === 'true')) &&
          (query.which === 'never' ? obligation.ageDays === null : obligation.overdueDays > 0),
      )
      .map((subject) => ({ subject, key: keyOf(subject) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
    const all = asked.map(({ subject }) => subject)
    const known = query.worker === undefined ? null : await contactsOf(db, all, day)
    const found = known
      ? asked.filter(({ subject }) => contactOf(subject, known)?.worker === query.worker)
      : asked
    const after = decodeCursor(query.after, 1)?.[0] ?? ''
    const limit = query.limit ?? usualRows
    const rest = found.filter(({ key }) => key > after)
    const page = rest.slice(0, limit)
    const shown = page.map(({ subject }) => subject)
    const contacts = known ?? (await contactsOf(db, shown, day))
    return {
      body: {
        day,
        total: found.length,
        rows: shown.map((subject) => present(subject, contacts)),
        next: rest.length > limit ? encodeCursor([page.at(-1)?.key ?? '']) : null,
      },
    }
  },
})

/** Sorts as text: longest overdue first, then never before old before new, key ones first, then by id. */
function keyOf({ town, id, grid, isKey, obligation }: JudgedSubject): string {
  const down = (n: number): string => String(99_999 - Math.min(99_999, n)).padStart(5, '0')
  const { overdueDays, ageDays } = obligation
  return [down(overdueDays), down(ageDays ?? 99_999), isKey ? 0 : 1, town, id, grid ?? ''].join(' ')
}

type Contacts = ReadonlyMap<string, NonNullable<OverdueRow['contact']>>

async function contactsOf(db: Scoped, page: readonly JudgedSubject[], day: string): Promise<Contacts> {
  const contacts = new Map<string, NonNullable<OverdueRow['contact']>>()
  for (const [town, subjects] of groupBy(page, (one) => one.town)) {
    const households = subjects.filter(({ kind }) => kind === 'household').map(({ id }) => id)
    const grids = [...new Set(subjects.flatMap(({ grid }) => (grid === null ? [] : [grid])))]
    for (const one of await listContacts(db, town, households, grids, day))
      contacts.set(
        one.household_id === null ? `${town} grid ${one.grid_code}` : `${town} household ${one.household_id}`,
        { worker: one.worker_id, name: maskName(one.name) },
      )
  }
  return contacts
}

function present(one: JudgedSubject, contacts: Contacts): OverdueRow {
  const { kind, id, grid, obligation } = one
  return {
    id,
    kind,
    grid,
    name: one.name,
    is_key: one.isKey,
    age_days: obligation.ageDays,
    last_day: obligation.lastDay,
    due_day: obligation.dueDay,
    overdue_days: obligation.overdueDays,
    status: obligation.status,
    lon: degrees(one.longitude),
    lat: degrees(one.latitude),
    path: one.path
      ? one.path.coordinates.map((line) => line.map(([x, y]) => [degrees(x!), degrees(y!)]))
      : null,
    metres: one.metres === null ? null : Math.round(one.metres * 10) / 10,
    contact: contactOf(one, contacts),
  }
}

/** Who keeps contact with the household; else who answers for the grid. */
const contactOf = ({ town, kind, id, grid }: JudgedSubject, contacts: Contacts): OverdueRow['contact'] =>
  contacts.get(`${town} ${kind} ${id}`) ?? contacts.get(`${town} grid ${grid}`) ?? null

/** Seven decimals of a degree are a centimetre. */
const degrees = (value: number): number => Math.round(value * 1e7) / 1e7
