/** The day or the interval a screen shows. */
import { DatePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import { addDays, formatDay } from '../i18n/format.ts'
import { useSay } from '../i18n/use-say.ts'
import { today, usePeriod } from '../period.ts'
import type { Screen } from '../screens/screen.ts'
import { navigate, useStored } from '../state.ts'
import { text } from './text.ts'

const iso = (day: Dayjs | null): string | null => day?.format('YYYY-MM-DD') ?? null

export function PeriodControl({ screen }: { readonly screen: Screen }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const period = usePeriod(screen)
  // Keyed by the screen: within one life of this component it is always the same hook.
  // oxlint-disable-next-line react/hooks
  const isLive = screen.useIsLive?.() ?? false
  if (!period) return null
  if (isLive) return <span className="period quiet">{formatDay(language, today())}</span>
  if (screen.period === 'interval')
    return (
      <DatePicker.RangePicker
        variant="filled"
        aria-label={say(text.interval)}
        allowClear={false}
        format="YYYY-MM-DD"
        value={[dayjs(period.from), dayjs(period.to)]}
        onChange={(days) => navigate({ from: iso(days?.[0] ?? null), to: iso(days?.[1] ?? null) })}
      />
    )
  const step = (days: number): void => navigate({ day: addDays(period.day, days) })
  return (
    <span className="period">
      <button
        type="button"
        className="icon-button"
        aria-label={say(text.previousDay)}
        onClick={() => step(-1)}
      >
        ‹
      </button>
      <DatePicker
        variant="filled"
        aria-label={say(text.day)}
        allowClear={false}
        format={language === 'zh' ? 'M月D日 ddd' : 'ddd D MMM'}
        value={dayjs(period.day)}
        onChange={(day) => navigate({ day: iso(day) })}
      />
      <button type="button" className="icon-button" aria-label={say(text.nextDay)} onClick={() => step(1)}>
        ›
      </button>
    </span>
  )
}
