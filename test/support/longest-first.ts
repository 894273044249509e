/** The order of the test files: the longest first, so that the workers end together also on a machine that has no timings yet. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files of some ten seconds and more, longest first. */
const long: readonly string[] = [
  'e2e/redraw',
  'e2e/plan-editor',
  'e2e/plan',
  'e2e/analyse',
  'e2e/incident-life',
  'acceptance/kill',
  'acceptance/evidence',
  'acceptance/chicago',
  'cli/propose-real-data',
  'http/session',
  'demo/generator',
  'sql/crash',
  'sql/concurrency',
  'acceptance/beijing',
  'core/planning/propose',
  'http/scope',
  'acceptance/demo',
  'sql/users',
  'core/posters/village-poster',
  'core/planning/drawing.properties',
  'sql/migrate',
  'core/planning/atoms-random',
  'core/coverage/repair/repair-division',
  'cli/backup',
  'cli/hotspots',
  'cli/match',
  'commands/match-stale-days',
  'http/households',
  'http/analysis',
  'http/incident-life',
  'core/analysis/find-warnings',
  'http/privacy',
  'cli/check',
]

const rankOf = ({ moduleId }: TestSpecification): number => {
  const at = long.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
  return at === -1 ? long.length : at
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rankOf(a) - rankOf(b))
  }
}
