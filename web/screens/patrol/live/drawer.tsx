/** One worker just now: where, how old that is, and the ways on to the day and to the grid. */
import { Button, Switch } from 'antd'
import type { ReactNode } from 'react'
import { DrawerShell } from '../../../frame/drawer.tsx'
import { Empty } from '../../../frame/states.tsx'
import {
  formatClock,
  formatDuration,
  formatLength,
  formatNumber,
  formatPosition,
} from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { today } from '../../../period.ts'
import { navigate } from '../../../state.ts'
import { useGridName } from '../data.ts'
import { text as patrolText } from '../text.ts'
import { setFollow, useFollow, useJudged, useLive } from './data.ts'
import type { JudgedWorker } from './people.ts'
import { StateMark } from './state-mark.tsx'
import { text } from './text.ts'

export function LiveDrawer({ worker }: { readonly worker: string }): ReactNode {
  const say = useSay()
  const one = useJudged().find((person) => person.worker === worker)
  return (
    <DrawerShell kind={`${say(patrolText.worker)} · ${worker}`} title={one?.name ?? worker}>
      {one ? <Now one={one} /> : <Empty title={say(text.notHere)} hint={say(text.notHereHint)} />}
      <div className="live-ways">
        <Button onClick={() => navigate({ day: today(), choices: {} })}>{say(text.openDay)}</Button>
        {one?.grids.map((grid) => (
          <GridButton key={grid} grid={grid} />
        ))}
      </div>
    </DrawerShell>
  )
}

function GridButton({ grid }: { readonly grid: string }): ReactNode {
  const say = useSay()
  const gridName = useGridName()
  return (
    <Button
      onClick={() =>
        navigate({
          screen: 'plan',
          selection: { kind: 'grid', id: grid },
          choices: {},
          layers: [],
          view: null,
        })
      }
    >
      {say(text.openGrid, { grid: gridName(grid) })}
    </Button>
  )
}

function Now({ one }: { readonly one: JudgedWorker }): ReactNode {
  const say = useSay()
  const gridName = useGridName()
  const isOn = useFollow()
  const { staleSeconds, offlineSeconds } = useLive((value) => value.thresholds)
  const why = {
    stale: formatDuration(staleSeconds),
    offline: formatDuration(offlineSeconds),
  }
  const delay = one.receivedAt === null ? null : Math.max(0, (one.receivedAt - one.fixedAt) / 1000)
  const facts: [string, ReactNode][] = [
    [say(text.fixedAt), `${formatClock(one.fixedAt)} · ${say(text.ago, { age: formatDuration(one.age) })}`],
    [
      say(text.received),
      delay === null ? formatNumber(null) : say(text.receivedAfter, { delay: formatDuration(delay) }),
    ],
    [say(text.accuracy), formatLength(one.accuracyMetres)],
    [
      say(text.speed),
      one.speedMetresPerSecond === null
        ? formatNumber(null)
        : say(text.kmh, { n: formatNumber(one.speedMetresPerSecond * 3.6, 1) }),
    ],
    [say(text.position), formatPosition(one.longitude, one.latitude)],
    [say(text.grids), one.grids.map(gridName).join('、') || formatNumber(null)],
  ]
  return (
    <>
      <p className="live-state is-large">
        <StateMark state={one.state} /> <b>{say(text.states[one.state])}</b>
      </p>
      <p className="quiet">
        {one.state === 'stale'
          ? say(text.stateWhy.stale, { stale: why.stale })
          : one.state === 'offline'
            ? say(text.stateWhy.offline, { offline: why.offline })
            : say(text.stateWhy[one.state])}
      </p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the switch stands in its label */}
        <label className="live-follow">
          <Switch size="small" checked={isOn} onChange={setFollow} /> {say(text.follow)}
        </label>
      </p>
      <p className="quiet">{say(text.legendNote)}</p>
    </>
  )
}
