/** When a cluster of incidents is told to supervisors, as a draft of a case. */
export interface WarningPolicy {
  /** Told is what chance alone would show less often than once in so many days. */
  readonly recurrenceDays: number
  /** Weeks looked back on, the last ending the night before. */
  readonly weeks: number
  /** A cluster lasts at most so many weeks, and reaches at most so far: beyond, nobody can be sent. */
  readonly longestWeeks: number
  readonly largestRadiusMetres: number
  /** Fewer incidents in a cluster are not told of. */
  readonly fewestIncidents: number
  /** H3. */
  readonly resolution: number
  readonly replications: number
  readonly seed: number
  /** The same ground and category is not told of again for so long. */
  readonly quietDays: number
  /** Days after the night by which a warning is measured. */
  readonly followDays: number
}

/** With 1,999 replications p can fall to 1 in 2,000 nights; a year is the usual interval of surveillance systems (Kleinman 2004). */
export const usualWarnings: WarningPolicy = {
  recurrenceDays: 365,
  weeks: 26,
  longestWeeks: 4,
  largestRadiusMetres: 1500,
  fewestIncidents: 5,
  resolution: 9,
  replications: 1999,
  seed: 1,
  quietDays: 28,
  followDays: 28,
}

/** A place's own rules (`recurrence_days`, `fewest_incidents`, `quiet_days` of a policy file) over the usual ones. */
export function warningPolicyOf(rules: Readonly<Record<string, unknown>>): WarningPolicy {
  const whole = (name: string, usual: number): number => {
    const value = rules[name]
    return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : usual
  }
  return {
    ...usualWarnings,
    recurrenceDays: whole('recurrence_days', usualWarnings.recurrenceDays),
    fewestIncidents: whole('fewest_incidents', usualWarnings.fewestIncidents),
    quietDays: whole('quiet_days', usualWarnings.quietDays),
  }
}
