/** Layers and legend, lower right: what is drawn, in which breaks, units and number, and what is left out. */
import { Checkbox } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { useSay } from '../i18n/use-say.ts'
import { useMedia } from '../preferences.ts'
import { useStored } from '../state.ts'
import type { LayerDescription, Toggle } from './layer.ts'
import { isShown, switchLayer, togglesOf } from './layer-switch.ts'
import type { LegendDescription } from './legend-entry.ts'
import { SwatchPicture } from './swatch-picture.tsx'
import { text } from './text.ts'

interface Props {
  readonly layers: readonly LayerDescription[]
  readonly legends: readonly LegendDescription[]
  /** The address's switches. */
  readonly switches: readonly string[]
  readonly onSwitch: (switches: readonly string[]) => void
}

export function Legend({ layers, legends, switches, onSwitch }: Props): ReactNode {
  const say = useSay()
  const hasSelection = useStored((state) => state.address.selection !== null)
  const narrow = useMedia('(max-width: 1099px)')
  // Beside an open drawer the map has half its width: the legend is opened there by who wants it.
  const isBesideDrawer = useMedia('(max-width: 1439px)') && hasSelection
  const [open, setOpen] = useState<boolean | null>(null)
  // Uppermost layer first, as it lies; entries with nothing to explain last.
  const toggles = useMemo(() => {
    const explained = (toggle: Toggle): number =>
      legends.some((legend) => legend.toggle === toggle.id) ? 0 : 1
    return togglesOf(layers)
      .toReversed()
      .toSorted((a, b) => explained(a) - explained(b))
  }, [layers, legends])
  const hidden = new Set(toggles.filter((toggle) => !isShown(toggle, switches)).map((toggle) => toggle.id))
  const isOpen = open ?? !(narrow || isBesideDrawer)
  const flip = (toggle: Toggle): void => onSwitch(switchLayer(toggle, switches))
  const withoutToggle = legends.filter((legend) => legend.toggle === undefined)
  return (
    <section className="legend card" aria-label={say(text.legend)}>
      <button type="button" className="legend-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {say(text.legend)}
        <span aria-hidden="true">{isOpen ? '▾' : '▴'}</span>
      </button>
      {isOpen && (
        <div className="legend-body">
          {withoutToggle.map((legend) => (
            <LegendBlock key={legend.title} legend={legend} titled />
          ))}
          {toggles.map((toggle) => (
            <div key={toggle.id} className="legend-block">
              <Checkbox checked={!hidden.has(toggle.id)} onChange={() => flip(toggle)}>
                {toggle.label}
              </Checkbox>
              {!hidden.has(toggle.id) &&
                legends
                  .filter((legend) => legend.toggle === toggle.id)
                  .map((legend) => (
                    <LegendBlock key={legend.title} legend={legend} titled={legend.title !== toggle.label} />
                  ))}
            </div>
          ))}
        </div>
      )}
    </section>
  )
}

function LegendBlock({
  legend,
  titled,
}: {
  readonly legend: LegendDescription
  readonly titled: boolean
}): ReactNode {
  const under = [legend.unit, legend.count].filter(Boolean).join(' · ')
  return (
    <div className="legend-entries">
      {titled && <p className="legend-title">{legend.title}</p>}
      {under !== '' && <p className="quiet">{under}</p>}
      <ul>
        {legend.entries.map((entry) => (
          <li key={entry.label}>
            <SwatchPicture swatch={entry.swatch} />
            <span>{entry.label}</span>
            {entry.count !== undefined && <span className="legend-count">{entry.count}</span>}
          </li>
        ))}
      </ul>
      {legend.leftOut && <p className="quiet">{legend.leftOut}</p>}
    </div>
  )
}
