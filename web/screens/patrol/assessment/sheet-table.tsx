/** A month's sheets: a row a worker, who needs attention first; a row opens the sheet. */
import { Button, Input, Popconfirm } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import type { Assessments, MonthSheetAnswer } from '../../../../server/contract/assessment.ts'
import { api, closeMonth } from '../../../api.ts'
import type { ApiError } from '../../../api-error.ts'
import { type Column, RowTable } from '../../../frame/row-table.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useResource } from '../../../use-resource.ts'
import { text as patrolText } from '../text.ts'
import { CardMark } from './card-mark.tsx'
import { countedDays, useMonthShown, useSheets } from './data.ts'
import { text } from './text.ts'

export function SheetTable(): ReactNode {
  const say = useSay()
  const month = useMonthShown() ?? ''
  const { data, current, error, reload } = useSheets()
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  if (data.sheets.length === 0) return <Empty title={say(text.none, { month })} hint={say(text.noneHint)} />
  return <Sheets data={data} reload={reload} />
}

function Sheets({ data, reload }: { readonly data: Assessments; readonly reload: () => void }): ReactNode {
  const say = useSay()
  const [wanted, setWanted] = useState('')
  const { sheets } = data
  const found = useMemo(() => {
    const words = wanted.trim().toLowerCase()
    return sheets.filter((one) => `${one.name} ${one.worker}`.toLowerCase().includes(words))
  }, [sheets, wanted])
  const columns = useMemo(() => columnsFor(sheets, say), [sheets, say])
  const sum = (figure: (one: MonthSheetAnswer) => number): string =>
    formatNumber(sheets.reduce((total, one) => total + figure(one), 0))
  const pays = sheets.some(({ total }) => total !== null)
  return (
    <>
      <div className="panel-tools">
        <Input
          data-search
          allowClear
          aria-label={say(patrolText.search)}
          placeholder={say(patrolText.search)}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <CloseButton data={data} onClosed={reload} />
      </div>
      <p className="panel-summary quiet">
        {say(text.summary, {
          month: data.month,
          n: formatNumber(sheets.length),
          days: sum(countedDays),
          met: sum(({ counts }) => counts.met),
        })}
        {pays && ` · ${say(text.paid, { total: sum(({ total }) => total ?? 0) })}`}
        <br />
        {say(text.policy, { title: say(data.policy.title) })}
        {sheets.some((one) => !one.is_over) && ` · ${say(text.running)}`}
      </p>
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
            <CardMark card={one.card} /> {one.grade && say(text.grades[one.grade])}
          </div>
        </>
      ),
    },
    figure('met', say(text.met), '44px', ({ counts }) => counts.met),
    figure('not_met', say(text.notMet), '52px', ({ counts }) => counts.not_met),
    ...(has(({ total }) => total) ? [figure('total', say(text.total), '56px', ({ total }) => total)] : []),
    ...(has(({ score }) => score) ? [figure('score', say(text.score), '52px', ({ score }) => score, 1)] : []),
  ]
}

/** Offered to those who may, once the month is over and not closed for everybody. */
function CloseButton({
  data,
  onClosed,
}: {
  readonly data: Assessments
  readonly onClosed: () => void
}): ReactNode {
  const say = useSay()
  const area = useArea()
  const role = useResource(api.session()).data?.role
  const [failed, setFailed] = useState<ApiError | null>(null)
  const mayClose = role === 'supervisor' || role === 'administrator'
  const canClose =
    data.sheets.every((one) => one.is_over) && data.sheets.some((one) => one.closed_by === null)
  if (!mayClose || !canClose || !area) return null
  const close = async (): Promise<void> => {
    setFailed(null)
    try {
      await closeMonth(area.code, data.month)
      onClosed()
    } catch (thrown) {
      setFailed(thrown as ApiError)
    }
  }
  return (
    <>
      <Popconfirm
        title={say(text.close)}
        description={say(text.closing)}
        okText={say(text.close)}
        onConfirm={() => void close()}
      >
        <Button>{say(text.close)}</Button>
      </Popconfirm>
      {failed && <Failed error={failed} />}
    </>
  )
}
