/** A month's sheets: a row a worker, who needs attention first; a row opens the sheet. */

import { Button, Segmented } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import type { Assessments, MonthSheetAnswer } from '../../../../server/contract/assessment.ts'
import { monthReportAddress } from '../../../api-assessment.ts'
import { type Column, RowTable } from '../../../frame/row-table.tsx'
import { SearchField } from '../../../frame/search-field.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatMonth, formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useChoice, useStored } from '../../../state.ts'
import { useAccount } from '../account.ts'
import { LastPatrol } from '../last-patrol.tsx'
import { text as patrolText } from '../text.ts'
import { CardMark } from './card-mark.tsx'
import { CloseButton, Reopen } from './close-month.tsx'
import { countedDays, hasNothing, nothingWords, useMonthShown, useObjections, useSheets } from './data.ts'
import { text as entryText } from './entry-text.ts'
import { ObjectionList } from './objection-list.tsx'
import { text } from './text.ts'

/** The month's sheets, or the objections to its days. */
export function SheetTable(): ReactNode {
  const say = useSay()
  const [part, setPart] = useChoice<'sheets' | 'objections'>('part', 'sheets')
  const { data, current } = useObjections()
  const open = current ? data?.objections.filter(({ verdict }) => verdict === null).length : undefined
  const labels = {
    sheets: say(entryText.parts.sheets),
    objections: say(entryText.parts.objections, { n: formatNumber(open) }),
  }
  return (
    <>
      <div className="panel-tools">
        <Segmented
          block
          size="small"
          style={{ flex: 1 }}
          aria-label={say(entryText.part)}
          value={part}
          options={(['sheets', 'objections'] as const).map((value) => ({ value, label: labels[value] }))}
          onChange={(value) => setPart(value, 'push')}
        />
      </div>
      {part === 'sheets' ? <MonthSheets /> : <ObjectionList />}
    </>
  )
}

function MonthSheets(): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const month = useMonthShown() ?? ''
  const { data, current, error, reload } = useSheets()
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  if (data.sheets.length === 0)
    return (
      <Empty
        title={say(text.none, { month: formatMonth(language, month) })}
        hint={say(text.noneHint)}
        action={<LastPatrol of="month" />}
      />
    )
  return <Sheets data={data} />
}

function Sheets({ data }: { readonly data: Assessments }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const [wanted, setWanted] = useState('')
  const { sheets } = data
  const found = useMemo(() => {
    const words = wanted.trim().toLowerCase()
    return sheets.filter((one) => `${one.name} ${one.worker}`.toLowerCase().includes(words))
  }, [sheets, wanted])
  const columns = useMemo(() => columnsFor(sheets, say), [sheets, say])
  const sum = (figure: (one: MonthSheetAnswer) => number): string =>
    formatNumber(sheets.reduce((total, one) => total + figure(one), 0))
  const within = sheets.reduce((n, one) => n + one.days_within_error, 0)
  const nothing = nothingWords(sheets, say)
  const pays = sheets.some(({ total }) => total !== null)
  return (
    <>
      <div className="panel-tools">
        <SearchField label={say(patrolText.search)} value={wanted} onChange={setWanted} />
      </div>
      <SheetTools data={data} />
      <p className="panel-summary quiet">
        {say(text.summary, {
          month: formatMonth(language, data.month),
          n: formatNumber(sheets.length),
          days: sum(countedDays),
          met: sum(({ counts }) => counts.met),
          within: within === 0 ? '' : say(patrolText.within.days, { n: formatNumber(within) }),
        })}
        {pays && (
          <>
            {' · '}
            <span className="in-one-line">{say(text.paid, { total: sum(({ total }) => total ?? 0) })}</span>
          </>
        )}
        <br />
        {say(text.policy, { title: say(data.policy.title) })}
        {sheets.some((one) => !one.is_over) && ` · ${say(text.running)}`}
      </p>
      {nothing && <p className="panel-summary notice">{nothing}</p>}
      {found.length === 0 && <Empty title={say(patrolText.noMatch)} />}
      <RowTable
        label={say(text.sheets)}
        rows={found}
        columns={columns}
        order="worker-up"
        rowHeight={44}
        target={(one) => ({ kind: 'worker', id: one.worker })}
      />
    </>
  )
}

/** What is done with the whole month: filed, signed off, taken up again. */
function SheetTools({ data }: { readonly data: Assessments }): ReactNode {
  const say = useSay()
  const area = useArea()
  const language = useStored((state) => state.language)
  const { isWorker } = useAccount()
  if (!area || isWorker) return null
  return (
    <div className="panel-tools is-wrapped">
      <Button href={monthReportAddress(area.code, data.month, language, '.xlsx')} download>
        {say(text.exportXlsx)}
      </Button>
      <Button href={monthReportAddress(area.code, data.month, language, '')} target="_blank" rel="noopener">
        {say(text.print)}
      </Button>
      <CloseButton data={data} />
      {data.sheets.some((one) => one.closed_by !== null) && <Reopen month={data.month} worker={null} />}
    </div>
  )
}

function columnsFor(sheets: readonly MonthSheetAnswer[], say: Say): Column<MonthSheetAnswer>[] {
  const figure = (
    key: string,
    title: string,
    width: string,
    value: (one: MonthSheetAnswer) => number | null,
    decimals = 0,
  ): Column<MonthSheetAnswer> => ({
    key,
    title,
    width,
    align: 'right',
    compare: (a, b) => (value(a) ?? -1) - (value(b) ?? -1) || (a.worker < b.worker ? -1 : 1),
    cell: (one) => formatNumber(value(one), decimals),
  })
  const has = (value: (one: MonthSheetAnswer) => unknown): boolean =>
    sheets.some((one) => value(one) !== null)
  return [
    {
      key: 'worker',
      title: say(text.worker),
      width: 'minmax(96px, 1fr)',
      // Who lost most days first.
      compare: (a, b) => b.counts.not_met - a.counts.not_met || (a.worker < b.worker ? -1 : 1),
      cell: (one) => (
        <>
          <div className="worker-name">
            <span className="cell">{one.name}</span>
            <span className="quiet">{one.worker}</span>
          </div>
          <div className="cell quiet">
            {hasNothing(one) && <span className="notice-ink">{say(text.nothingShort)} </span>}
            <CardMark card={one.card} isShort={hasNothing(one)} /> {one.grade && say(text.grades[one.grade])}
          </div>
        </>
      ),
    },
    figure('met', say(text.met), '40px', ({ counts }) => counts.met),
    figure('not_met', say(text.notMet), '54px', ({ counts }) => counts.not_met),
    ...(has(({ total }) => total) ? [figure('total', say(text.total), '50px', ({ total }) => total)] : []),
    ...(has(({ score }) => score) ? [figure('score', say(text.score), '44px', ({ score }) => score, 1)] : []),
  ]
}
