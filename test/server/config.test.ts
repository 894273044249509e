import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../../server/config.ts'

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((one) => one.en)
    throw error
  }
  return []
}

describe('readConfig', () => {
  it('has the defaults of the contract', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      dataFolder: '.wangge',
      logLevel: 'info',
      demo: 'auto',
      viewer: { role: 'administrator', areas: 'all' },
    })
  })

  it('reads a viewer with areas', () => {
    expect(readConfig({ WANGGE_VIEWER: 'supervisor:990101001,990101002' }).viewer).toEqual({
      role: 'supervisor',
      areas: ['990101001', '990101002'],
    })
  })

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://x'],
    ['LOG_LEVEL', 'loud'],
    ['WANGGE_DEMO', 'yes'],
    ['WANGGE_VIEWER', 'emperor'],
  ])('refuses %s=%s and names it', (name, value) => {
    expect(problemsOf({ [name]: value }).join()).toContain(`${name}=${value}`)
  })

  it('refuses a misspelt variable of its own and names every problem at once', () => {
    expect(problemsOf({ WANGGE_DATE: 'x', PORT: '-1' })).toHaveLength(2)
  })

  it("leaves other programs' variables alone", () => {
    expect(problemsOf({ PATH: '/bin', PORTAGE: 'x' })).toEqual([])
  })
})
