/** The ledger and the annexes of an area, filled in from the records. Names and phones are masked unless asked for, which is noted. */
import { type LedgerCategory, ledgerCategories } from '../../core/households/ledger.ts'
import { maskName, maskPhone } from '../../core/policy/mask.ts'
import { groupBy } from '../../core/posters/group-by.ts'
import { addDays } from '../../core/trajectories/local-day.ts'
import { noteAccess } from '../../db/access.ts'
import type { AreaScope } from '../../db/areas.ts'
import { exactTowns } from '../../db/privacy.ts'
import type { Scoped } from '../../db/scoped.ts'
import { type GridContact, type HouseholdCard, listCards } from '../../db/standing.ts'
import { AppError } from '../../errors.ts'
import {
  annex1,
  annex2,
  annex3,
  annex4,
  type FormContact,
  type FormHousehold,
  type FormInput,
} from '../../formats/household-forms/annexes.ts'
import type { HouseholdForm } from '../../formats/household-forms/form.ts'
import { ledgerForm } from '../../formats/household-forms/ledger-form.ts'
import { requireRole, requireViewer } from '../authority.ts'
import { type AreaStanding, countLedger, loadStanding } from './count-households.ts'

export const householdFormNames = ['ledger', 'annex1', 'annex2', 'annex3', 'annex4'] as const
export type HouseholdFormName = (typeof householdFormNames)[number]

export interface FormRequest {
  readonly form: HouseholdFormName
  readonly day: string
  /** Names and phones in the clear; each is noted. */
  readonly reveal: boolean
  /** Epoch milliseconds. */
  readonly now: number
}

/** @throws AppError `forbidden`: names in the clear, or the roster of households, for somebody who may not see them */
export async function fillForm(
  db: Scoped,
  area: AreaScope,
  { form, day, reveal, now }: FormRequest,
): Promise<HouseholdForm> {
  const standing = await loadStanding(db, area, { from: day, to: addDays(day, 1) })
  const exact = await exactTowns(db)
  const maySee = exact === null || area.towns.every((town) => exact.includes(town))
  if (!maySee && (reveal || form === 'annex3'))
    throw new AppError('forbidden', {
      zh: '逐户名册仅限负责走访、划分和管理的人员查看',
      en: 'Rosters of households are for those who visit, plan and manage',
    })
  if (reveal)
    requireRole(requireViewer(db), ['supervisor', 'administrator'], {
      zh: '查看姓名和电话原文',
      en: 'see names and phones in the clear',
    })
  const people = peopleIn(standing.contacts, reveal)
  if (form === 'ledger') {
    if (reveal) await noteAll(db, standing.contacts, [], now)
    return ledgerForm({
      area: area.name,
      day,
      made: now,
      rows: countLedger(area, standing),
      leaders: people.named(['leader']),
      members: people.named(['full_time', 'part_time', 'instructor', 'informant']),
    })
  }
  const cards = form === 'annex3' ? await loadCards(db, standing) : new Map<string, HouseholdCard>()
  if (reveal) await noteAll(db, standing.contacts, [...cards.keys()], now)
  const input = formInput(area, standing, people.all, cards, { maySee, reveal, made: now })
  return { annex1, annex2, annex3, annex4 }[form](input)
}

type Person = GridContact & { readonly worker_id: string; readonly name: string; readonly role: string }

interface People {
  readonly all: readonly Person[]
  /** Names by `town/grid`. */
  named(roles: readonly string[]): Map<string, string[]>
}

/** Who answers for grids, with names and phones as they are to be printed. */
function peopleIn(contacts: readonly GridContact[], reveal: boolean): People {
  const all = contacts.flatMap((one): Person[] => {
    const { worker_id, name, phone, role } = one
    if (worker_id === null || name === null || role === null) return []
    const shown = reveal
      ? { name, phone }
      : { name: maskName(name), phone: phone === null ? null : maskPhone(phone) }
    return [{ ...one, worker_id, role, ...shown }]
  })
  return {
    all,
    named: (roles) =>
      new Map(
        [...groupBy(all, ({ town_id, grid_code }) => `${town_id}/${grid_code}`)].map(([grid, own]) => [
          grid,
          own.filter(({ role }) => roles.includes(role)).map(({ name }) => name),
        ]),
      ),
  }
}

/** By `town household`. */
async function loadCards(db: Scoped, { households }: AreaStanding): Promise<Map<string, HouseholdCard>> {
  const cards = new Map<string, HouseholdCard>()
  const inRoster = households.filter(({ worker }) => worker !== null)
  for (const [town, own] of groupBy(inRoster, (one) => one.town)) {
    const ids = own.map(({ id }) => id)
    for (const card of await listCards(db, town, ids)) cards.set(`${town} ${card.household_id}`, card)
  }
  return cards
}

/** Before they are given out: without the entries there is no answer. @param households `town id` */
async function noteAll(
  db: Scoped,
  contacts: readonly GridContact[],
  households: readonly string[],
  now: number,
): Promise<void> {
  const viewer = requireViewer(db).name
  const subjects = new Set([
    ...contacts.flatMap(({ town_id, worker_id }) =>
      worker_id === null ? [] : [`${town_id} worker:${worker_id}`],
    ),
    ...households.map((one) => one.replace(' ', ' household:')),
  ])
  await db.transaction(async (open) => {
    for (const one of subjects) {
      const [town = '', subject = ''] = one.split(' ')
      await noteAccess(open, { town, at: now, viewer, action: 'reveal', subject })
    }
  })
}

function formInput(
  area: AreaScope,
  standing: AreaStanding,
  people: readonly Person[],
  cards: ReadonlyMap<string, HouseholdCard>,
  { maySee, reveal, made }: { readonly maySee: boolean; readonly reveal: boolean; readonly made: number },
): FormInput {
  const byGrid = groupBy(people, ({ town_id, grid_code }) => `${town_id} ${grid_code}`)
  const byWorker = groupBy(
    standing.households.filter(({ worker }) => worker !== null),
    ({ town, worker }) => `${town} ${worker}`,
  )
  const contactOf = (one: Person): FormContact => {
    const own = byWorker.get(`${one.town_id} ${one.worker_id}`) ?? []
    return {
      id: one.worker_id,
      name: one.name,
      phone: one.phone,
      role: one.role,
      households: maySee ? own.length : null,
      roster: own
        .filter(({ grid }) => grid === one.grid_code)
        .flatMap(({ town, id }) => cards.get(`${town} ${id}`) ?? [])
        .map((card) => presentCard(card, reveal)),
    }
  }
  const nameOf = new Map(standing.areas.map(({ code, name }) => [code, name]))
  const gridRows = new Map(standing.contacts.map((one) => [`${one.town_id} ${one.grid_code}`, one]))
  const villages = groupBy(
    [...gridRows.entries()],
    ([, { town_id, village_code }]) => village_code ?? town_id,
  )
  return {
    township: area.level === 'village' ? (nameOf.get(area.lineage.at(-2) ?? '') ?? '') : area.name,
    made,
    villages: [...villages]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([village, grids]) => ({
        name: village === area.code && area.level !== 'village' ? '' : (nameOf.get(village) ?? village),
        grids: grids.map(([key, { grid_code, grid_name }]) => ({
          code: grid_code,
          name: grid_name ?? grid_code,
          covers: grid_name ?? grid_code,
          people: (byGrid.get(key) ?? []).map(contactOf),
        })),
      })),
  }
}

function presentCard({ head, phone, members, categories }: HouseholdCard, reveal: boolean): FormHousehold {
  return {
    head: head === null || reveal ? head : maskName(head),
    phone: phone === null || reveal ? phone : maskPhone(phone),
    members,
    categories: categories.map((name) =>
      Object.hasOwn(ledgerCategories, name) ? ledgerCategories[name as LedgerCategory].zh : name,
    ),
  }
}
