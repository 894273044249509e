/** How whoever waits for a long computation follows it and ends it. */
export interface RunControl {
  /** Steps done and all steps, in units of the computation; called some hundred times at most. */
  readonly onProgress?: (step: number, total: number) => void
  /** Asked between steps; true ends the computation with {@link RunStopped}. */
  readonly shouldStop?: () => boolean
}

/** Somebody asked a computation to end. It gives no result: half of the replications would be another answer. */
export class RunStopped extends Error {
  constructor() {
    super('the computation was stopped')
    this.name = 'RunStopped'
  }
}

/**
 * Tells the control that `step` of `total` steps are done; progress is passed on each hundredth.
 * @throws RunStopped when the control asks for it
 */
export function tellStep(control: RunControl | undefined, step: number, total: number): void {
  if (control === undefined) return
  if (control.shouldStop?.()) throw new RunStopped()
  if (Math.floor((step * 100) / total) !== Math.floor(((step - 1) * 100) / total))
    control.onProgress?.(step, total)
}
