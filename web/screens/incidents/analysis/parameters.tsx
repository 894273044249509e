/** What a method asks beyond the filter; folded, because its usual values are good ones. */
import { Select } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import { changeLook } from '../data.ts'
import {
  bandChoices,
  bandwidths,
  corrections,
  edges,
  kernels,
  type Look,
  ringChoices,
  statisticOf,
  tests,
} from './look.ts'
import { text } from './text.ts'

interface Choice {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

export function Parameters({ look }: { readonly look: Look }): ReactNode {
  const say = useSay()
  const choices = useChoices(look)
  if (choices.length === 0) return null
  return (
    <details className="parameters">
      <summary>
        {say(text.more)}
        <span className="quiet">
          {choices.map(({ value, options }) => options.find((one) => one.value === value)?.label).join(' · ')}
        </span>
      </summary>
      <div className="parameter-grid">
        {choices.map(({ name, label, value, options }) => (
          <div key={name} className="parameter">
            <span className="quiet">{label}</span>
            <Select
              size="small"
              aria-label={label}
              value={value}
              popupMatchSelectWidth={false}
              options={[...options]}
              onChange={(chosen) => {
                // Rings and metres are one choice in two places of the address.
                if (name === 'neighbourhood') changeLook(neighbourhoodChoice(chosen))
                else changeLook({ [name]: chosen === options[0]?.value ? '' : chosen })
              }}
            />
          </div>
        ))}
      </div>
    </details>
  )
}

const neighbourhoodChoice = (chosen: string): Record<string, string> =>
  chosen.startsWith('m')
    ? { band: chosen.slice(1), rings: '' }
    : { band: '', rings: chosen === '1' ? '' : chosen }

function useChoices(look: Look): Choice[] {
  const say = useSay()
  const choice = <T extends string>(
    name: string,
    label: string,
    value: T,
    values: readonly T[],
    labelOf: (value: T) => string,
  ): Choice => ({
    name,
    label,
    value,
    options: values.map((one) => ({ value: one, label: labelOf(one) })),
  })
  const statistic = statisticOf(look)
  const correction = choice('correction', say(text.correction), look.correction, corrections, (one) =>
    say(text.correctionNames[one]),
  )
  const neighbourhood = choice(
    'neighbourhood',
    say(text.neighbourhood),
    look.band === '' ? look.rings : `m${look.band}`,
    [...ringChoices, ...bandChoices.filter((band) => band !== '').map((band) => `m${band}` as const)],
    (one) =>
      one.startsWith('m')
        ? say(text.metresN, { n: one.slice(1) })
        : look.unit === 'grid' && one === '1'
          ? say(text.sharedEdge)
          : one === '1'
            ? say(text.oneRing)
            : say(text.ringsN, { n: one }),
  )
  const step = choice('step', say(text.step), look.step ?? 'week', ['week', 'day', 'month'], (one) =>
    say(text.stepNames[one]),
  )
  if (statistic === 'kde')
    return [
      choice('bandwidth', say(text.bandwidth), look.bandwidth, bandwidths, (one) =>
        one === 'silverman' || one === 'cv' ? say(text.bandwidthNames[one]) : say(text.metres, { n: one }),
      ),
      choice('kernel', say(text.kernel), look.kernel, kernels, (one) => say(text.kernelNames[one])),
      choice('edge', say(text.edge), look.edge, edges, (one) => say(text.edgeNames[one])),
    ]
  if (statistic === 'scan') return [step]
  if (statistic === 'knox') return []
  if (look.measure !== 'significance') return [neighbourhood]
  return [
    neighbourhood,
    correction,
    choice('tested', say(text.tested), look.tested, tests, (one) => say(text.testedNames[one])),
    ...(statistic === 'emerging' ? [step] : []),
  ]
}
