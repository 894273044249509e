/** GET /api/areas/{code}/household-ladder · …/missing · GET /api/areas/{code}/household-ledger */
import { z } from 'zod'
import { requireHouseholds } from '../../commands/household-right.ts'
import {
  countLadder,
  countLedger,
  loadStanding,
  ofCategory,
} from '../../commands/households/count-households.ts'
import {
  householdLadderQuery,
  householdLadderSchema,
  householdLedgerSchema,
  missingQuery,
  missingSchema,
} from '../../contract/households.ts'
import { dayQuery } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import { missingAt } from '../../core/households/ladder.ts'
import { type LedgerCategory, ledgerCategories, ledgerCategoryNames } from '../../core/households/ledger.ts'
import { maskAddress, maskName } from '../../core/policy/mask.ts'
import { groupBy } from '../../core/posters/group-by.ts'
import { addDays, localDayOf } from '../../core/trajectories/local-day.ts'
import { listCards } from '../../db/standing.ts'
import { loadArea } from '../area.ts'
import { decodeCursor, encodeCursor } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'

const params = z.object({ code: codeSchema })
const usualRows = 200

export const householdLadderRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/household-ladder',
  tag: 'coverage',
  summary: {
    zh: '户的逐级清点：在册、落格、包联、走访',
    en: 'Households registered, located, assigned, visited',
  },
  params,
  query: householdLadderQuery,
  answer: jsonAnswer(200, 'By area and grid, and by category', householdLadderSchema),
  async handle({ db, params: { code }, query }) {
    const { from, to, category = null, evidence = 'any' } = query
    const area = await loadArea(db, code)
    const standing = await loadStanding(db, area, { from, to })
    const rows = countLadder(area, standing, category, evidence)
    const known = new Set(standing.households.flatMap(({ categories }) => categories))
    const names = ['must_visit', ...[...known].sort()]
    const categories = []
    for (const name of names) {
      const [whole] = countLadder(area, standing, name, evidence)
      if (whole)
        categories.push({ category: name, title: titleOf(name), ...whole.counts, hidden: [...whole.hidden] })
    }
    return {
      body: {
        from,
        to,
        category,
        evidence,
        rows: rows.map(({ counts, hidden, town: _town, ...row }) => ({
          ...row,
          ...counts,
          hidden: [...hidden],
        })),
        categories,
      },
    }
  },
})

const titleOf = (name: string): { zh: string; en: string } | null =>
  name === 'must_visit'
    ? { zh: '必访户', en: 'Must be visited' }
    : Object.hasOwn(ledgerCategories, name)
      ? { ...ledgerCategories[name as LedgerCategory] }
      : null

export const missingHouseholdsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/household-ladder/missing',
  tag: 'coverage',
  summary: { zh: '某一级尚缺的户', en: 'The households that a step of the ladder lacks' },
  params,
  query: missingQuery,
  answer: jsonAnswer(200, 'A page, by town and id; names and addresses masked', missingSchema),
  async handle({ db, params: { code }, query }) {
    const { from, to, category = null, evidence = 'any', step, grid, limit = usualRows } = query
    const area = await loadArea(db, code)
    await requireHouseholds(db, area.towns)
    const { households } = await loadStanding(db, area, { from, to })
    const keyOf = (one: { readonly town: string; readonly id: string }): string => `${one.town} ${one.id}`
    const missing = missingAt(ofCategory(households, category), step, evidence).filter(
      (one) => grid === undefined || one.grid === grid,
    )
    const after = decodeCursor(query.after, 1)?.[0] ?? ''
    const rest = missing.filter((one) => keyOf(one) > after)
    const page = rest.slice(0, limit)
    const cards = new Map<string, Awaited<ReturnType<typeof listCards>>[number]>()
    for (const [town, own] of groupBy(page, (one) => one.town)) {
      const ids = own.map(({ id }) => id)
      for (const card of await listCards(db, town, ids)) cards.set(`${town} ${card.household_id}`, card)
    }
    return {
      body: {
        total: missing.length,
        households: page.flatMap((one) => {
          const card = cards.get(keyOf(one))
          if (!card) return []
          return {
            id: one.id,
            grid: one.grid,
            head: card.head === null ? null : maskName(card.head),
            address: card.address === null ? null : maskAddress(card.address),
            categories: [...one.categories],
            must_visit: one.mustVisit,
            worker: one.worker,
            lon: card.longitude,
            lat: card.latitude,
          }
        }),
        next: rest.length > limit ? encodeCursor([keyOf(page.at(-1)!)]) : null,
      },
    }
  },
})

export const householdLedgerRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/household-ledger',
  tag: 'coverage',
  summary: { zh: '网格台账', en: 'The grid ledger: households, residents and who among them' },
  params,
  query: dayQuery,
  answer: jsonAnswer(200, 'By area and grid', householdLedgerSchema),
  async handle({ db, params: { code }, query, now }) {
    const day = query.day ?? localDayOf(now)
    const area = await loadArea(db, code)
    const standing = await loadStanding(db, area, { from: day, to: addDays(day, 1) })
    const rows = countLedger(area, standing)
    return {
      body: {
        day,
        columns: [
          { name: 'households', title: { zh: '户数（户）', en: 'Households' } },
          { name: 'residents', title: { zh: '人口（人）', en: 'Residents' } },
          { name: 'must_visit', title: { zh: '必访户（户）', en: 'Must be visited' } },
          ...ledgerCategoryNames.map((name) => ({ name, title: { ...ledgerCategories[name] } })),
        ],
        rows: rows.map(({ counts, hidden, town: _town, ...row }) => ({
          ...row,
          counts: { ...counts },
          hidden: [...hidden],
        })),
      },
    }
  },
})
