/** The grid ledger, and the documents' forms to print. */
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { type HouseholdLedger, householdForms } from '../../../../server/contract/households.ts'
import { api } from '../../../api.ts'
import { Failed, Loading } from '../../../frame/states.tsx'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useResource } from '../../../use-resource.ts'
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
  const areas = useResource(api.areas()).data?.areas
  const [chosen, choose] = useState<string | null>(null)
  if (!area || !interval) return null
  const villages =
    areas?.filter(({ parent_code, level }) => parent_code === area.code && level === 'village') ?? []
  // A sheet a worker: of a township's some hundred, which are filed village by village.
  const bulky = villages.some(({ code }) => code === chosen) ? chosen : (villages[0]?.code ?? area.code)
  const address = (form: string, ending: string): string =>
    `/reports/households/${encodeURIComponent((form === 'annex3' && bulky) || area.code)}/${form}${ending}?day=${interval.to}`
  return (
    <section className="filter-form" aria-label={say(text.forms)}>
      {householdForms.map((form) => (
        <div key={form} className="filter-line">
          <a href={address(form, '')} target="_blank" rel="noreferrer">
            {say(text.form[form])}
          </a>
          {form === 'annex3' && villages.length > 0 && (
            <Select
              size="small"
              aria-label={say(text.village)}
              title={say(text.byVillage)}
              popupMatchSelectWidth={false}
              value={bulky}
              options={villages.map(({ code, name }) => ({ value: code, label: name }))}
              onChange={choose}
            />
          )}
          <span>
            <a href={address(form, '.xlsx')}>XLSX</a> · <a href={address(form, '.pdf')}>PDF</a>
          </span>
        </div>
      ))}
    </section>
  )
}
