/** What is counted and how it is drawn: measure, category, size of the hexagons, neighbourhood, breaks. */
import { Checkbox, Segmented, Select } from 'antd'
import type { ReactNode } from 'react'
import { formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { wordOr } from '../../i18n/words.ts'
import { useChoice } from '../../state.ts'
import { resolutions, ringChoices, useFilters, useInterval, useSummary } from './data.ts'
import { measures } from './measures.ts'
import { text } from './text.ts'

export function FilterForm(): ReactNode {
  const say = useSay()
  const { measure, category, resolution, rings, ownBreaks } = useFilters()
  const [, setMeasure] = useChoice<string>('measure', 'count')
  const [, setCategory] = useChoice<string>('category', '')
  const [, setResolution] = useChoice<string>('resolution', '9')
  const [, setRings] = useChoice<string>('rings', '1')
  const [, setBreaks] = useChoice<string>('breaks', 'fixed')
  const { data } = useSummary(useInterval())
  const categories = (data?.categories ?? []).toSorted((a, b) => b.count - a.count)
  const known = categories.some((one) => one.category === category) || category === ''
  const options = [
    { value: '', label: say(text.allCategories, { n: formatNumber(data?.total) }) },
    ...[...categories, ...(known ? [] : [{ category, count: 0 }])].map((one) => ({
      value: one.category,
      label: say(text.categoryN, {
        category: say(wordOr(text.categories, one.category)),
        n: formatNumber(one.count),
      }),
    })),
  ]
  return (
    <div className="filter-form">
      <Segmented
        block
        aria-label={say(text.measure)}
        value={measure}
        options={measures.map((value) => ({ value, label: say(text.measures[value]) }))}
        onChange={(value) => setMeasure(value)}
      />
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        data-search
        aria-label={say(text.category)}
        value={category}
        options={options}
        onChange={(value) => setCategory(value)}
      />
      <div className="filter-row">
        <Select
          aria-label={say(text.resolution)}
          prefix={say(text.resolution)}
          value={resolution}
          popupMatchSelectWidth={false}
          options={resolutions.map((value) => ({ value, label: say(text.sizes[`r${value}`]) }))}
          onChange={(value) => setResolution(value)}
        />
        <Select
          aria-label={say(text.rings)}
          prefix={say(text.rings)}
          value={rings}
          popupMatchSelectWidth={false}
          options={ringChoices.map((value) => ({
            value,
            label: value === '1' ? say(text.oneRing) : say(text.ringsN, { n: value }),
          }))}
          onChange={(value) => setRings(value)}
        />
      </div>
      {measure !== 'significance' && (
        <Checkbox
          checked={ownBreaks}
          title={say(text.ownBreaksHint)}
          onChange={(event) => setBreaks(event.target.checked ? 'own' : 'fixed')}
        >
          {say(text.ownBreaks)}
        </Checkbox>
      )}
    </div>
  )
}
