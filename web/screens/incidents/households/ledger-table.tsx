/** The grid ledger, and the documents' forms to print. */
import type { ReactNode } from 'react'
import { type HouseholdLedger, householdForms } from '../../../../server/contract/households.ts'
import { Failed, Loading } from '../../../frame/states.tsx'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useInterval } from '../data.ts'
import { AreaTable } from './area-table.tsx'
import { useLedger } from './data.ts'
import { text } from './text.ts'

export function LedgerTable(): ReactNode {
  const say = useSay()
  const { data, current, error, reload } = useLedger()
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  return (
    <div className="panel-list is-whole">
      <Forms />
      <AreaTable<HouseholdLedger['rows'][number]>
        label={say(text.lists.ledger)}
        rows={data.rows}
        columns={data.columns.map(({ name, title }) => ({
          name,
          title: say(title),
          count: (row) => row.counts[name] ?? null,
        }))}
      />
    </div>
  )
}

function Forms(): ReactNode {
  const say = useSay()
  const area = useArea()
  const interval = useInterval()
  if (!area || !interval) return null
  const address = (form: string, ending: string): string =>
    `/reports/households/${encodeURIComponent(area.code)}/${form}${ending}?day=${interval.to}`
  return (
    <section className="filter-form" aria-label={say(text.forms)}>
      {householdForms.map((form) => (
        <div key={form} className="filter-line">
          <a href={address(form, '')} target="_blank" rel="noreferrer">
            {say(text.form[form])}
          </a>
          <span>
            <a href={address(form, '.xlsx')}>XLSX</a> · <a href={address(form, '.pdf')}>PDF</a>
          </span>
        </div>
      ))}
    </section>
  )
}
