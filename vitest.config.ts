import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'

/**
 * With ENGINE_TESTS_ONLY, the second suite of .ci/run, what knows no engine is not asked again: what opens no database, and what a
 * browser does by itself (the walks from screen to database and back stay).
 */
const engineless = [
  'test/{core,demo,formats,web}/**',
  'test/cli/{check,fix,hotspots,match,propose,propose-real-data}.test.ts',
  'test/acceptance/{chicago-accuracy,evidence,evidence-real}.test.ts',
]

const gestures = ['test/e2e/{plan,plan-editor,redraw,patrol,incidents,live,coverage,evidence}.test.ts']
const engineOnly = process.env['ENGINE_TESTS_ONLY'] !== undefined

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A browser that draws in software on a busy machine may take long; a test that waits in vain fails all the same.
    expect: { poll: { timeout: 45_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**', ...(engineOnly ? engineless : [])],
          setupFiles: ['test/support/seed.ts'],
          // The product's modules and a database are opened once a worker, not once a file (test/support/database.ts).
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          exclude: engineOnly ? gestures : [],
          // One browser a worker (test/support/browser-tests.ts).
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
