/** What is counted and how it is drawn: one form, everything in the address; what is set stands below as chips. */
import { Checkbox, Segmented, Select } from 'antd'
import type { ReactNode } from 'react'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { changeFilter, changeLook, useCounts, useFilter, useInterval, useLook } from '../data.ts'
import { text as screenText } from '../text.ts'
import { CompareChoice } from './compare-choice.tsx'
import { categoryLabel, rowsOf, severityLabel, statusLabel } from './count-rows.ts'
import { FilterChips } from './filter-chips.tsx'
import { isAmount, isSurface, type Look, measures, methods, resolutions, usualResolution } from './look.ts'
import { Parameters } from './parameters.tsx'
import { text } from './text.ts'

export function FilterForm(): ReactNode {
  const say = useSay()
  const look = useLook()
  const ways = methods[look.measure]
  return (
    <div className="filter-form">
      <Segmented
        block
        size="small"
        aria-label={say(screenText.measure)}
        value={look.measure}
        options={measures.map((value) => ({ value, label: say(screenText.measures[value]) }))}
        onChange={(value) => changeLook({ measure: value === 'count' ? '' : value, method: '', frame: '' })}
      />
      <div className={ways.length > 1 ? 'filter-row' : 'filter-row is-single'}>
        {ways.length > 1 && (
          <Select
            aria-label={say(text.method)}
            value={look.method}
            popupMatchSelectWidth={false}
            options={ways.map((value) => ({ value, label: say(text.methods[value]) }))}
            onChange={(value) => changeLook({ method: value === ways[0] ? '' : value })}
          />
        )}
        <UnitChoice look={look} />
      </div>
      <IncidentChoice />
      {(look.measure === 'change' || look.compare !== '') && <CompareChoice look={look} />}
      <Parameters look={look} />
      {isAmount(look) && !isSurface(look.method) && (
        <Checkbox
          checked={look.ownBreaks}
          title={say(screenText.ownBreaksHint)}
          onChange={(event) => changeLook({ breaks: event.target.checked ? 'own' : '' })}
        >
          {say(screenText.ownBreaks)}
        </Checkbox>
      )}
      <FilterChips />
    </div>
  )
}

/** Size of the hexagons, or the grid. */
function UnitChoice({ look }: { readonly look: Look }): ReactNode {
  const say = useSay()
  const knowsGrids = !isSurface(look.method) && look.method !== 'knox'
  const value = look.unit === 'grid' ? 'grid' : (`r${look.resolution}` as const)
  return (
    <Select
      aria-label={say(text.unit)}
      value={value}
      popupMatchSelectWidth={false}
      options={[
        ...resolutions.map((size) => ({ value: `r${size}`, label: say(text.unitNames[`r${size}`]) })),
        ...(knowsGrids ? [{ value: 'grid', label: say(text.unitNames.grid) }] : []),
      ]}
      onChange={(chosen: string) =>
        changeLook(
          chosen === 'grid'
            ? { unit: 'grid' }
            : {
                unit: '',
                resolution: chosen.slice(1) === usualResolution(look.method) ? '' : chosen.slice(1),
              },
        )
      }
    />
  )
}

/** Categories, severities and states that occur in the interval, each with its number. */
function IncidentChoice(): ReactNode {
  const say = useSay()
  const filter = useFilter()
  const { data } = useCounts(useInterval())
  const counted = (label: string, n: number): string =>
    say(screenText.categoryN, { category: label, n: formatNumber(n) })
  const options = (
    rows: readonly { readonly value: string; readonly label: string; readonly count: number }[],
    chosen: readonly string[],
    labelOf: (value: string) => string,
  ) => [
    ...rows.map(({ value, label, count }) => ({ value, label: counted(label, count) })),
    // What the address asks for and the interval has none of can still be taken back.
    ...chosen
      .filter((value) => !rows.some((row) => row.value === value))
      .map((value) => ({ value, label: counted(labelOf(value), 0) })),
  ]
  const rows = rowsOf(data, say)
  return (
    <>
      <Select
        mode="multiple"
        allowClear
        maxTagCount="responsive"
        data-search
        aria-label={say(text.categories)}
        placeholder={say(screenText.allCategories, { n: formatNumber(data?.read) })}
        value={[...filter.categories]}
        showSearch={{ optionFilterProp: 'label' }}
        options={options(rows.categories, filter.categories, (one) => categoryLabel(one, say))}
        onChange={(categories) => changeFilter({ categories })}
      />
      <div className="filter-row is-even">
        <Select
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          aria-label={say(text.severity)}
          placeholder={say(text.severity)}
          value={[...filter.severities]}
          options={options(rows.severities, filter.severities, (one) => severityLabel(one, say))}
          onChange={(severities) => changeFilter({ severities })}
        />
        <Select
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          aria-label={say(text.statuses)}
          placeholder={say(text.statuses)}
          value={[...filter.statuses]}
          options={options(rows.statuses, filter.statuses, (one) => statusLabel(one, say))}
          onChange={(statuses) => changeFilter({ statuses })}
        />
      </div>
    </>
  )
}
