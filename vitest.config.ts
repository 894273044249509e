import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'

/** What opens no database knows no engine: with ENGINE_TESTS_ONLY, the second suite of .ci/run, it is not asked again. */
const engineless = [
  'test/{core,formats,web}/**',
  'test/demo/generator.test.ts',
  'test/cli/{check,fix,propose,propose-real-data}.test.ts',
  'test/acceptance/evidence.test.ts',
]

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
          exclude: ['test/e2e/**', ...(process.env['ENGINE_TESTS_ONLY'] ? engineless : [])],
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
          // One browser a worker (test/support/browser-tests.ts).
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
