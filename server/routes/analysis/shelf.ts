/** Answers that jobs have made, kept in memory until others take their place. */
export interface AnalysisShelf {
  /** @param answer JSON in UTF-8 */
  keep(job: string, answer: Uint8Array): void
  find(job: string): Uint8Array | undefined
}

/** A county's answer is some megabytes; the same question makes it again. */
const mostKept = 20

export function createAnalysisShelf(): AnalysisShelf {
  const kept = new Map<string, Uint8Array>()
  return {
    keep(job, answer) {
      kept.set(job, answer)
      for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest)
    },
    find: (job) => kept.get(job),
  }
}
