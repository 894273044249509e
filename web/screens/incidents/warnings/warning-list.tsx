/** 预警: clusters the nightly watch found, the newest first; a row opens one. How earlier ones fared stands above them. */
import { Button, Segmented } from 'antd'
import type { ReactNode } from 'react'
import { type Warning, type Warnings, warningStates } from '../../../../server/contract/warnings.ts'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { VirtualList } from '../../../frame/virtual-list.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { hover, sameTarget, select, useStored } from '../../../state.ts'
import { useCategoryName } from '../life/data.ts'
import { Accuracy } from './accuracy.tsx'
import { usePagesChoice, usePlaceName, useStateChoice, useWarnings } from './data.ts'
import { text } from './text.ts'
import { recurrenceWords, warningBox, warningLine } from './warnings.ts'

export function WarningList(): ReactNode {
  const say = useSay()
  const { data, current, error, reload } = useWarnings()
  const [pages, setPages] = usePagesChoice()
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  return (
    <div className="panel-list">
      <StateChoice counts={data.counts} />
      <div className="warning-accuracy">
        <Accuracy accuracy={data.accuracy} />
      </div>
      <Rows data={data} />
      {data.next !== null && (
        <div className="state-actions">
          <Button size="small" loading={!current} onClick={() => setPages(pages + 1)}>
            {say(text.older)}
          </Button>
        </div>
      )}
    </div>
  )
}

function StateChoice({ counts }: Pick<Warnings, 'counts'>): ReactNode {
  const say = useSay()
  const [state, setState] = useStateChoice()
  const [, setPages] = usePagesChoice()
  return (
    <div className="filter-form">
      <Segmented
        block
        size="small"
        aria-label={say(text.whichState)}
        value={state}
        options={warningStates.map((value) => ({
          value,
          label: say(text.statesN[value], { n: formatNumber(counts[value]) }),
        }))}
        onChange={(value) => {
          setState(value)
          setPages(1)
        }}
      />
    </div>
  )
}

const targetOf = ({ id }: Pick<Warning, 'id'>) => ({ kind: 'warning', id })

function Rows({ data }: { readonly data: Warnings }): ReactNode {
  const say = useSay()
  const [state] = useStateChoice()
  const hovered = useStored((stored) => stored.hover)
  const selected = useStored((stored) => stored.address.selection)
  const { warnings } = data
  if (warnings.length === 0)
    return (
      <Empty
        title={say(text.none[state])}
        hint={say(text.noneHint, { n: formatNumber(data.recurrence_interval_days) })}
      />
    )
  return (
    <VirtualList
      items={warnings}
      itemHeight={88}
      itemKey={({ id }) => id}
      label={say(text.listOf)}
      shape="tree"
      reveal={warnings.findIndex((one) => sameTarget(targetOf(one), selected))}
      row={(warning) => ({
        className: sameTarget(targetOf(warning), hovered) ? 'is-hovered' : '',
        selected: sameTarget(targetOf(warning), selected),
        level: 1,
        onOpen: () => select(targetOf(warning), warningBox(warning)),
        onRest: (resting) => hover(resting ? targetOf(warning) : null),
        content: <WarningRow warning={warning} />,
      })}
    />
  )
}

function WarningRow({ warning }: { readonly warning: Warning }): ReactNode {
  const say = useSay()
  const nameOf = useCategoryName()
  const placeOf = usePlaceName()
  return (
    <div className="spot-row">
      <div className="spot-words">
        <div className="cell">
          <b>{say(text.title, { place: placeOf(warning), category: nameOf(warning.category) })}</b>
        </div>
        <div className="cell">{warningLine(warning, say)}</div>
        <div className="cell">{recurrenceWords(warning.recurrence_days, say)}</div>
        <div className="cell quiet">
          {warning.night} · {say(text.methods[warning.method])}
        </div>
      </div>
    </div>
  )
}
