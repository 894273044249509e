/** Answers that jobs have made, kept in memory until others take their place. */
import type { Analysis } from '../../contract/analysis.ts'

export interface AnalysisShelf {
  keep(job: string, answer: Analysis): void
  find(job: string): Analysis | undefined
}

/** A county's answer is some megabytes; the same question makes it again. */
const mostKept = 20

export function createAnalysisShelf(): AnalysisShelf {
  const kept = new Map<string, Analysis>()
  return {
    keep(job, answer) {
      kept.set(job, answer)
      for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest)
    },
    find: (job) => kept.get(job),
  }
}
