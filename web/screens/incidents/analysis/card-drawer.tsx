/** The card of a result: everything it was made from, to be repeated, cited and checked. */
import type { ReactNode } from 'react'
import { CopyButton } from '../../../frame/copy-button.tsx'
import { DrawerShell } from '../../../frame/drawer.tsx'
import { Failed, Loading } from '../../../frame/states.tsx'
import { addDays, formatNumber, formatShare } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { text as chartText } from '../charts/text.ts'
import { type Shown, useAsked } from '../data.ts'
import { formatProbability } from '../measures.ts'
import { categoryLabel, severityLabel, statusLabel } from './count-rows.ts'
import { ExportMenu } from './export-menu.tsx'
import { text } from './text.ts'

export function CardDrawer(): ReactNode {
  const say = useSay()
  const { shown, error, reload } = useAsked()
  if (!shown)
    return (
      <DrawerShell kind={say(text.card)} title={say(text.cardTitle)}>
        {error ? <Failed error={error} onRetry={reload} /> : <Loading rows={12} />}
      </DrawerShell>
    )
  const { card } = shown.answer
  return (
    <DrawerShell kind={say(text.card)} title={say(card.title)}>
      <p className="reading">{say(card.reading)}</p>
      {card.notes.map((note) => (
        <p key={note.en} className="quiet">
          {say(note)}
        </p>
      ))}
      <Checks shown={shown} />
      <section>
        <h2>{say(text.command)}</h2>
        <pre className="command">
          <code>{card.command}</code>
        </pre>
        <div className="card-actions">
          <CopyButton text={card.command} label={say(text.copyCommand)} />
          <CopyButton text={location.href} label={say(text.copyLink)} />
          <CopyButton text={JSON.stringify(card, null, 2)} label={say(text.copyJson)} />
          <ExportMenu />
        </div>
      </section>
      <Facts title={say(text.data)} facts={dataFacts(shown, say)} />
      <Facts title={say(text.filterUsed)} facts={filterFacts(shown, say)} />
      <Facts title={say(text.countedN)} facts={countFacts(shown, say)} />
      <Facts title={say(text.parameters)} facts={parameterFacts(shown, say)} />
      <section>
        <h2>{say(text.formula)}</h2>
        <p className="formula">{card.formula}</p>
        <ul className="references quiet">
          {card.references.map((reference) => (
            <li key={reference}>{reference}</li>
          ))}
        </ul>
      </section>
    </DrawerShell>
  )
}

type Fact = readonly [name: string, value: string]

function Facts({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }): ReactNode {
  return (
    <section>
      <h2>{title}</h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="fact-pair">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** What else speaks for or against it: the global test, and how last month's hot spots did. */
function Checks({ shown }: { readonly shown: Shown }): ReactNode {
  const say = useSay()
  const { accuracy, global } = shown.answer
  const moran = global?.moran
  if (!accuracy && !moran) return null
  return (
    <section>
      {moran && (
        <p>
          {say(text.moran, {
            i: formatNumber(moran.i, 3),
            expected: formatNumber(moran.expected, 4),
            z: formatNumber(moran.z, 2),
            p: formatProbability(moran.p),
          })}
        </p>
      )}
      {accuracy && (
        <p>
          <b>{say(text.accuracy)}</b>
          <br />
          {say(text.accuracyLine, {
            hits: formatNumber(accuracy.hits),
            incidents: formatNumber(accuracy.incidents),
            share: formatShare(accuracy.area_share),
            rate: formatShare(accuracy.hit_rate),
            pai: formatNumber(accuracy.pai, 2),
            pei: formatNumber(accuracy.pei, 2),
          })}
        </p>
      )}
    </section>
  )
}

/** The day it was read as of, and enough of the fingerprint to tell two records apart by eye; all of both is in the JSON. */
const versionWords = ({ version, fingerprint }: Shown['answer']['card']['data']): string =>
  [/\d{4}-\d{2}-\d{2}$/.exec(version ?? '')?.[0], fingerprint.slice(0, 8)].filter(Boolean).join(' · ')

function dataFacts({ answer }: Shown, say: Say): Fact[] {
  const { data, software } = answer.card
  return [
    [say(text.data), [data.name, data.area, ...data.files].filter(Boolean).join(' ')],
    [say(text.version), versionWords(data)],
    [say(text.software), `${software.name} ${software.version}`],
  ]
}

function filterFacts({ answer }: Shown, say: Say): Fact[] {
  const { filter } = answer.card
  const list = (values: readonly (string | number)[] | null, label: (one: string) => string): string =>
    values === null ? say(text.all) : values.map((one) => label(String(one))).join('、')
  return [
    [
      say(text.period),
      say(text.through, { from: filter.from ?? '', to: filter.to === null ? '' : addDays(filter.to, -1) }),
    ],
    [say(text.categories), list(filter.categories, (one) => categoryLabel(one, say))],
    [say(text.severity), list(filter.severities, (one) => severityLabel(one, say))],
    [say(text.statuses), list(filter.statuses, (one) => statusLabel(one, say))],
    [
      say(text.weekdaysUsed),
      list(filter.weekdays, (one) => say(chartText.weekdays[Number(one) as keyof typeof chartText.weekdays])),
    ],
    [say(text.hoursUsed), list(filter.hours, (one) => one)],
  ]
}

function countFacts({ answer }: Shown, say: Say): Fact[] {
  const { counts, n } = answer.card
  return [
    [say(text.read), formatNumber(counts.read)],
    [say(text.countedN), formatNumber(counts.counted)],
    ...counts.excluded
      .filter(({ count }) => count > 0)
      .map(({ message, count }): Fact => [`${say(text.leftOutN)}：${say(message)}`, formatNumber(count)]),
    [say(answer.unit === 'grid' ? text.nGrids : text.nHexagons), formatNumber(n)],
  ]
}

/** Names as the command line has them: a parameter is looked up there. */
function parameterFacts({ answer }: Shown, say: Say): Fact[] {
  const { parameters, seed } = answer.card
  return [
    ...Object.entries(parameters)
      .filter(([, value]) => value !== null && typeof value !== 'object')
      .map(([name, value]): Fact => [name, String(value)]),
    [say(text.seed), seed === null ? say(text.nothingDrawn) : String(seed)],
  ]
}
