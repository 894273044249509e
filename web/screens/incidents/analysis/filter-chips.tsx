/** What the filter is set to, each part to be taken back by itself; and all at once. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import { text as chartText } from '../charts/text.ts'
import { sameSpan, wholeDay, wholeWeek } from '../charts/week-block.ts'
import { changeFilter, changeLook, useFilter, useLook } from '../data.ts'
import { categoryLabel, severityLabel, statusLabel } from './count-rows.ts'
import { isFiltered, noFilter, toggled } from './filter.ts'
import { text } from './text.ts'

interface Chip {
  readonly key: string
  readonly label: string
  readonly remove: () => void
}

export function FilterChips(): ReactNode {
  const say = useSay()
  const filter = useFilter()
  const look = useLook()
  const isCompared = look.compare !== '' && look.measure !== 'change'
  if (!isFiltered(filter) && !isCompared) return null
  const { week } = filter
  const weekday = (day: number): string => say(chartText.weekdays[day as keyof typeof chartText.weekdays])
  const chips: Chip[] = [
    ...filter.categories.map((one) => ({
      key: `category ${one}`,
      label: categoryLabel(one, say),
      remove: () => changeFilter({ categories: toggled(filter.categories, one) }),
    })),
    ...filter.severities.map((one) => ({
      key: `severity ${one}`,
      label: severityLabel(one, say),
      remove: () => changeFilter({ severities: toggled(filter.severities, one) }),
    })),
    ...filter.statuses.map((one) => ({
      key: `status ${one}`,
      label: statusLabel(one, say),
      remove: () => changeFilter({ statuses: toggled(filter.statuses, one) }),
    })),
    ...(week && !sameSpan(week.days, wholeWeek)
      ? [
          {
            key: 'weekdays',
            label:
              week.days[0] === week.days[1]
                ? weekday(week.days[0])
                : say(text.daysChip, { from: weekday(week.days[0]), to: weekday(week.days[1]) }),
            remove: () =>
              changeFilter({ week: sameSpan(week.hours, wholeDay) ? null : { ...week, days: wholeWeek } }),
          },
        ]
      : []),
    ...(week && !sameSpan(week.hours, wholeDay)
      ? [
          {
            key: 'hours',
            label: say(text.hoursChip, { from: week.hours[0], to: week.hours[1] }),
            remove: () =>
              changeFilter({ week: sameSpan(week.days, wholeWeek) ? null : { ...week, hours: wholeDay } }),
          },
        ]
      : []),
    ...(isCompared
      ? [
          {
            key: 'compare',
            label: say(text.compare),
            remove: () => changeLook({ compare: '' }),
          },
        ]
      : []),
  ]
  return (
    <ul className="chips filter-chips" aria-label={say(text.chosen)}>
      {chips.map(({ key, label, remove }) => (
        <li key={key}>
          <Button size="small" aria-label={say(text.remove, { what: label })} onClick={remove}>
            {label} <span aria-hidden="true">×</span>
          </Button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button size="small" type="link" onClick={() => changeFilter(noFilter)}>
            {say(text.resetAll)}
          </Button>
        </li>
      )}
    </ul>
  )
}
