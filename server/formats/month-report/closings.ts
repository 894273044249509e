/** How a month was signed off and taken up again, as the workbook and the page list it. */
import { comma } from './figures.ts'
import { momentOf } from './headings.ts'
import type { MonthReport } from './month-report.ts'
import { say, words } from './words.ts'

export interface ClosingStep {
  /** 2026-11-02 12:00 */
  readonly when: string
  readonly step: string
  readonly who: string
  /** Remark or reason; empty: nothing was said. */
  readonly said: string
  /** For whom. */
  readonly workers: string
}

/** One entry for all workers whose months were closed, or reopened, together; in the order of time. */
export function closingSteps({ workers, language }: MonthReport): ClosingStep[] {
  const steps = new Map<string, { at: number; step: ClosingStep; names: string[] }>()
  const note = (at: number, step: string, who: string, said: string, name: string): void => {
    const key = JSON.stringify([at, step, who, said])
    const known = steps.get(key)
    if (known) known.names.push(name)
    else steps.set(key, { at, step: { when: momentOf(at), step, who, said, workers: '' }, names: [name] })
  }
  for (const { name, worker, closings } of workers)
    for (const { at, by, remark, reopened } of closings) {
      const whose = name === '' ? worker : `${name} ${worker}`
      note(at, words.stepClosed[language], by, remark ?? '', whose)
      if (reopened) note(reopened.at, words.stepReopened[language], reopened.by, reopened.reason, whose)
    }
  return [...steps.values()]
    .toSorted((a, b) => a.at - b.at)
    .map(({ step, names }) => ({
      ...step,
      workers:
        names.length === workers.length
          ? say(language, words.everybody, { n: names.length })
          : names.join(comma(language)),
    }))
}
