/** How long what phones reported is kept as it came. Figures and drawn traces are kept beyond it. */
export interface RetentionPolicy {
  /** Whole local days after which the fixes of a day are packed. */
  readonly packAfterDays: number
  /** Days for which raw fixes are kept, from their day, or from their import when that was later; null: for ever. */
  readonly rawDays: number | null
}

/** The 90 days of the documents; two days in which phones that were offline still bring most of theirs. */
export const usualRetention: RetentionPolicy = { packAfterDays: 2, rawDays: 90 }

/** A place's own rules (`raw_days` on the wire of a policy file) over the usual ones. */
export function retentionPolicyOf(rules: Readonly<Record<string, unknown>>): RetentionPolicy {
  const days = rules['raw_days']
  if (days === null) return { ...usualRetention, rawDays: null }
  if (typeof days !== 'number' || !Number.isInteger(days) || days < 1) return usualRetention
  return { ...usualRetention, rawDays: days }
}
