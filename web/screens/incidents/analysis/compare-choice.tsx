/** The period an interval is compared with: the days before, the same days a year ago, or any others. */
import { DatePicker, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import { changeLook, useInterval } from '../data.ts'
import { comparedPeriod, type Look } from './look.ts'
import { text } from './text.ts'

const kinds = ['before', 'year', 'own'] as const

export function CompareChoice({ look }: { readonly look: Look }): ReactNode {
  const say = useSay()
  const interval = useInterval()
  if (!interval) return null
  const period = comparedPeriod(look.compare, interval)
  const isNamed = ['', 'before', 'year'].includes(look.compare)
  const isChange = look.measure === 'change'
  const days = (from: string, to: string): string => `${from}_${to}`
  return (
    <div className="compare-choice">
      <Select
        aria-label={say(text.compare)}
        prefix={say(text.compare)}
        popupMatchSelectWidth={false}
        value={isNamed ? look.compare : 'own'}
        options={[
          ...(isChange ? [] : [{ value: '', label: say(text.compareNames.none) }]),
          ...kinds.map((value) => ({ value: value as string, label: say(text.compareNames[value]) })),
        ]}
        onChange={(value: string) =>
          changeLook({
            compare: value === 'own' && period ? days(period.from, period.to) : value,
          })
        }
      />
      {isNamed || !period ? (
        <span className="quiet compared-days">
          {period && say(text.through, { from: period.from, to: period.to })}
        </span>
      ) : (
        <DatePicker.RangePicker
          aria-label={say(text.comparedDays)}
          allowClear={false}
          value={[dayjs(period.from), dayjs(period.to)]}
          onChange={(chosen) => {
            const [from, to] = [chosen?.[0], chosen?.[1]]
            if (from && to) changeLook({ compare: days(from.format('YYYY-MM-DD'), to.format('YYYY-MM-DD')) })
          }}
        />
      )}
      {isChange && (
        <Segmented
          size="small"
          aria-label={say(text.changeView)}
          value={look.isBeside ? 'beside' : 'difference'}
          options={[
            { value: 'difference', label: say(text.difference) },
            { value: 'beside', label: say(text.sideBySide) },
          ]}
          onChange={(value) => changeLook({ beside: value === 'beside' ? '1' : '' })}
        />
      )}
    </div>
  )
}
