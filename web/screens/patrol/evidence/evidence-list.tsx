/** What the traces of a month give to look into: by day and id, filtered by kind and by whether somebody noted it. Never a ranking. */
import { Segmented, Select } from 'antd'
import { type ReactNode, useMemo } from 'react'
import type { EvidencePiece } from '../../../../server/contract/evidence.ts'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { VirtualList } from '../../../frame/virtual-list.tsx'
import { formatDay, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { hover, navigate, useAddress, useChoice, useStored } from '../../../state.ts'
import { usePatrolDayShown } from '../data.ts'
import { LastPatrol } from '../last-patrol.tsx'
import { monthOf } from '../month.ts'
import { useCompared, useMonthEvidence } from './data.ts'
import { JointPatrols } from './joint-patrols.tsx'
import { text } from './text.ts'

type Noted = 'all' | 'open' | 'noted'
const notedChoices: readonly Noted[] = ['all', 'open', 'noted']
const codes = Object.keys(text.codes) as EvidencePiece['code'][]

export function EvidenceList(): ReactNode {
  const say = useSay()
  const day = usePatrolDayShown()
  const month = day?.slice(0, 7) ?? ''
  const { data, current, error, reload } = useMonthEvidence()
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  return (
    <>
      {data.evidence.length === 0 ? (
        <Empty
          title={say(text.noneIn, { month })}
          hint={say(text.noneHint)}
          action={<LastPatrol of="month" />}
        />
      ) : (
        <Pieces pieces={data.evidence} month={month} />
      )}
      <JointPatrols days={day === undefined ? null : monthOf(day)} worker={null} />
    </>
  )
}

function Pieces({
  pieces,
  month,
}: {
  readonly pieces: readonly EvidencePiece[]
  readonly month: string
}): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const hovered = useStored((state) => state.hover)
  const { choices } = useAddress()
  const [kind, chooseKind] = useChoice<string>('kind', '')
  const [noted, chooseNoted] = useChoice<Noted>('noted', 'open')
  const [compared] = useCompared()
  const found = useMemo(
    () =>
      pieces.filter(
        ({ code, notes }) =>
          (kind === '' || code === kind) && (noted === 'all' || notes.length > 0 === (noted === 'noted')),
      ),
    [pieces, kind, noted],
  )
  const count = (code: string): string => formatNumber(pieces.filter((one) => one.code === code).length)
  return (
    <>
      <div className="panel-tools">
        <Select
          style={{ flex: 1 }}
          aria-label={say(text.kinds)}
          value={kind}
          options={[
            { value: '', label: say(text.allKinds, { n: formatNumber(pieces.length) }) },
            ...codes.map((code) => ({
              value: code as string,
              label: say(text.kindN, { kind: say(text.codes[code]), n: count(code) }),
            })),
          ]}
          onChange={(value: string) => chooseKind(value)}
        />
        <Segmented
          aria-label={say(text.stateOf)}
          value={noted}
          options={notedChoices.map((value) => ({ value, label: say(text.noted[value]) }))}
          onChange={(value) => chooseNoted(value)}
        />
      </div>
      <p className="panel-summary quiet">
        {say(text.summary, {
          month,
          n: formatNumber(pieces.length),
          open: formatNumber(pieces.filter(({ notes }) => notes.length === 0).length),
        })}
        <br />
        {say(text.noneHint)}
      </p>
      {found.length === 0 && <Empty title={say(text.noMatch)} />}
      <VirtualList
        items={found}
        itemHeight={48}
        itemKey={(one) => one.id}
        label={say(text.listOf)}
        shape="tree"
        reveal={found.findIndex((one) => one.id === compared)}
        row={(one) => ({
          className: hovered?.kind === 'worker' && hovered.id === one.worker ? 'is-hovered' : '',
          selected: one.id === compared,
          level: 1,
          onOpen: () =>
            navigate({
              day: one.day,
              selection: { kind: 'worker', id: one.worker },
              choices: { ...choices, compare: one.id },
            }),
          onRest: (resting) => hover(resting ? { kind: 'worker', id: one.worker } : null),
          content: (
            <div className="evidence-row">
              <b>{say(text.codes[one.code])}</b>
              <span className="quiet">{formatDay(language, one.day)}</span>
              <span>
                {one.name} <span className="quiet">{one.worker}</span>
              </span>
              <span className="quiet">
                {one.notes[0] ? say(text.states[one.notes[0].state]) : say(text.noted.open)}
              </span>
            </div>
          ),
        })}
      />
    </>
  )
}
