/** The grid ledger (003, annex; 000; domain words in the policy documents): households, residents, and who among them. */
import type { Message } from '../values.ts'
import type { StandingHousehold } from './area-tree.ts'

/** What the ledgers of the documents count, as households carry it in `categories`. */
export const ledgerCategories = {
  low_income: { zh: '低保户', en: 'Low income' },
  disabled: { zh: '残疾人', en: 'Disabled' },
  aided: { zh: '社会救助', en: 'Socially aided' },
  preferential: { zh: '优抚对象', en: 'Preferential' },
  five_guarantee: { zh: '五保户', en: 'Five guarantees' },
  living_alone: { zh: '独居老人', en: 'Elderly living alone' },
  left_behind_child: { zh: '留守儿童', en: 'Left-behind children' },
  large_grower: { zh: '种植大户', en: 'Large growers' },
  breeder: { zh: '养殖专家', en: 'Breeders' },
  skilled: { zh: '科技能手', en: 'Skilled' },
} as const satisfies Readonly<Record<string, Message>>

export type LedgerCategory = keyof typeof ledgerCategories
export const ledgerCategoryNames = Object.keys(ledgerCategories) as readonly LedgerCategory[]

/** Households; `residents` persons. Null: the records say nothing of it. */
export type LedgerCounts = Readonly<
  Record<'households' | 'residents' | 'must_visit' | LedgerCategory, number | null>
>

/**
 * How to count a list of households: what no household of the whole area has is not recorded there, not 0; nor are residents where
 * any household's are unknown, for the totals would not close.
 */
export function ledgerCounter(
  all: readonly StandingHousehold[],
): (households: readonly StandingHousehold[]) => LedgerCounts {
  const recorded = new Set(all.flatMap(({ categories }) => categories))
  const knowsMembers = all.length > 0 && all.every(({ members }) => members !== null)
  return (households) => ({
    households: households.length,
    residents: knowsMembers ? households.reduce((sum, { members }) => sum + (members ?? 0), 0) : null,
    must_visit: households.filter(({ mustVisit }) => mustVisit).length,
    ...(Object.fromEntries(
      ledgerCategoryNames.map((name) => [
        name,
        recorded.has(name) ? households.filter(({ categories }) => categories.includes(name)).length : null,
      ]),
    ) as Record<LedgerCategory, number | null>),
  })
}

/** What of a ledger is hidden together. */
export const ledgerGroups = [
  { columns: ['households', 'residents'] },
  ...['must_visit', ...ledgerCategoryNames].map((column) => ({ columns: [column], within: 'households' })),
]
