/** One grid of a worker's day: rule by rule, the time as one bar, the distances, what was covered. */
import type { ReactNode } from 'react'
import type { Match } from '../../../server/contract/match.ts'
import type { PatrolDayDetail, PatrolDayRow } from '../../../server/contract/patrols.ts'
import { formatClock, formatDuration, formatLength, formatNumber, formatShare } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { wordOr } from '../../i18n/words.ts'
import { traceColors } from '../../map/palette.ts'
import { useGridName } from './data.ts'
import { derivationOf, type Fact, policyFigure, shareOfTime } from './derivation.ts'
import { type Margin, Margins } from './margins.tsx'
import { figureOf, WithinError } from './rule-mark.tsx'
import { text } from './text.ts'
import type { Rule } from './workers.ts'

interface Props {
  readonly row: PatrolDayRow
  readonly policy: PatrolDayDetail['policy']
  /** How sure the figures inside are; absent for a day matched before they were made. */
  readonly margin?: Margin | undefined
}

interface GridDayProps extends Props {
  /** The result behind the row; lanes and places are absent where they were not known when it was matched. */
  readonly result: PatrolDayDetail['results'][number] | undefined
}

export function GridDay({ row, policy, margin, result }: GridDayProps): ReactNode {
  const say = useSay()
  const gridName = useGridName()
  return (
    <>
      <section aria-label={say(text.rules)}>
        <h2>{say(text.rules)}</h2>
        <p className="quiet">
          {gridName(row.grid)} · {row.grid}
        </p>
        {row.rules.length === 0 && <p>{say(text.noRule)}</p>}
        {row.rules.map((rule) => (
          <RuleCard key={rule.rule} rule={rule} row={row} policy={policy} margin={margin} />
        ))}
      </section>
      <TimeParts row={row} />
      <Distances row={row} policy={policy} />
      <Margins row={row} margin={margin} policy={policy} />
      <section>
        <h2>{say(text.coverage)}</h2>
        <dl className="facts">
          <dt>{say(text.households)}</dt>
          <dd>{share(row.households.passed, row.households.total)}</dd>
          <GroundReached result={result} />
          <dt>{say(text.hexagonsOf)}</dt>
          <dd>{share(row.hexagons.visited, row.hexagons.in_grid)}</dd>
          <dt>{say(text.rounds)}</dt>
          <dd>{formatNumber(row.rounds)}</dd>
          <dt>{say(text.fixes)}</dt>
          <dd>{formatNumber(row.fixes)}</dd>
        </dl>
      </section>
    </>
  )
}

/** Lanes walked and places reached. */
function GroundReached({ result }: Pick<GridDayProps, 'result'>): ReactNode {
  const say = useSay()
  const { lanes, places } = (result ?? {}) as Pick<Match, 'lanes' | 'places'>
  return (
    <>
      {lanes && (
        <>
          <dt>{say(text.lanesWalked)}</dt>
          <dd data-testid="lanes-walked">
            {formatLength(lanes.walked_metres)} / {formatLength(lanes.total_metres)} ·{' '}
            {formatShare(lanes.total_metres === 0 ? null : lanes.walked_metres / lanes.total_metres)}
          </dd>
        </>
      )}
      {places && (
        <>
          <dt>{say(text.placesReached)}</dt>
          <dd>{share(places.passed, places.total)}</dd>
        </>
      )}
    </>
  )
}

const policyName = ({ name }: Props['policy']): string => (typeof name === 'string' ? name : '—')

const share = (n: number | null, total: number | null): string =>
  `${formatNumber(n)} / ${formatNumber(total)} · ${formatShare(n === null || !total ? null : n / total)}`

function RuleCard({ rule, row, policy, margin }: Props & { readonly rule: Rule }): ReactNode {
  const say = useSay()
  const { formula, inputs, policy: numbers } = derivationOf(rule, row, policy, margin)
  return (
    <article className={`rule-card ${rule.met ? 'is-met' : 'is-unmet'}`} data-rule={rule.rule}>
      <div className="rule-head">
        <span className={`rule-mark ${rule.met ? 'is-met' : 'is-unmet'}`}>
          <span aria-hidden="true">{rule.met ? '✓' : '✗'}</span> {say(rule.met ? text.met : text.unmet)}
          {rule.within_error && <WithinError />}
        </span>
        <span>{say(wordOr(text.ruleNames, rule.rule))}</span>
        <strong>{figureOf(rule, rule.actual)}</strong>
      </div>
      <p className="quiet">
        {say(text.required, { n: figureOf(rule, rule.required) })}
        {!rule.met && ` · ${say(text.shortBy, { n: figureOf(rule, rule.required - rule.actual) })}`}
      </p>
      {rule.within_error && (
        <p className="within-note" data-testid="within-error">
          {say(text.within.why, {
            error: rule.error === null ? '—' : figureOf(rule, rule.error),
            apart: figureOf(rule, Math.abs(rule.actual - rule.required)),
          })}
        </p>
      )}
      <details open={!rule.met}>
        <summary>{say(text.why)}</summary>
        {formula && (
          <p className="quiet">
            {say(formula)}
            {say(text.roundedDown)}
          </p>
        )}
        <Facts facts={inputs} />
        {numbers.length > 0 && (
          <>
            <p className="quiet">{say(text.policyNumbers, { name: policyName(policy) })}</p>
            <Facts facts={numbers} />
          </>
        )}
      </details>
    </article>
  )
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  const say = useSay()
  return (
    <dl className="facts is-small">
      {facts.map((fact) => (
        <div key={fact.name.en} className="fact-pair">
          <dt>{say(fact.name)}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** One bar from the first fix to the last. */
function TimeParts({ row }: { readonly row: PatrolDayRow }): ReactNode {
  const say = useSay()
  const parts = shareOfTime(row)
  const total = parts.reduce((sum, part) => sum + part.seconds, 0)
  return (
    <section>
      <h2>{say(text.time)}</h2>
      <div className="time-bar" aria-hidden="true">
        {parts
          .filter((part) => part.seconds > 0)
          .map(({ part, share: width }) => (
            <span
              key={part}
              className={`time-part is-${part}`}
              style={{ flexGrow: width, ['--part' as string]: traceColors[part] }}
            />
          ))}
      </div>
      <dl className="time-parts">
        {parts.map(({ part, seconds, share: width }) => (
          <div key={part} className="time-row">
            <dt>
              <span
                className={`time-key time-part is-${part}`}
                style={{ ['--part' as string]: traceColors[part] }}
              />
              {say(text.labels[part])}
            </dt>
            <dd>{formatDuration(seconds)}</dd>
            <dd className="quiet">{formatNumber(width * 100, 1)} %</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">
        {say(text.timeSum, {
          first: formatClock(row.first),
          last: formatClock(row.last),
          total: formatDuration(total),
        })}
      </p>
    </section>
  )
}

function Distances({ row, policy }: Props): ReactNode {
  const say = useSay()
  const { inside, outside, raw } = row.metres
  const moved = inside + outside
  const gate = policyFigure(policy, 'movement_gate_metres')
  return (
    <section>
      <h2>{say(text.distance)}</h2>
      <dl className="facts">
        <dt>{say(text.labels.inside)}</dt>
        <dd>{formatLength(inside)}</dd>
        <dt>{say(text.labels.outside)}</dt>
        <dd>{formatLength(outside)}</dd>
        <dt>{say(text.raw)}</dt>
        <dd>{formatLength(raw)}</dd>
      </dl>
      <p className="quiet">
        {raw - moved > moved * 0.02
          ? say(text.rawWhy, { more: formatLength(raw - moved), gate: gate ?? '—' })
          : say(text.rawWhySame)}
      </p>
    </section>
  )
}
