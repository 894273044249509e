import { describe, expect, it } from 'vitest'
import { ConfigError, isLoopback, readConfig } from '../../server/config.ts'

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
      viewerChosen: false,
    })
  })

  it.each(['0.0.0.0', '::', '[::1]', 'localhost', 'wangge.example.cn', 'db_1'])('listens on %s', (host) => {
    expect(readConfig({ HOST: host }).host).toBe(host)
  })

  it('reads a viewer with areas', () => {
    expect(readConfig({ WANGGE_VIEWER: 'supervisor:990101001,990101002' }).viewer).toEqual({
      role: 'supervisor',
      areas: ['990101001', '990101002'],
    })
    expect(readConfig({ WANGGE_VIEWER: 'administrator' }).viewerChosen).toBe(true)
  })

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['PORT', '0x10'],
    ['PORT', '3e3'],
    ['HOST', '999.1.1.1'],
    ['HOST', '...'],
    ['HOST', 'http://localhost'],
    ['JT808_PORT', '70000'],
    ['JT808_PORT', '8o8'],
    ['DATABASE_URL', 'mysql://x'],
    ['LOG_LEVEL', 'loud'],
    ['WANGGE_DEMO', 'yes'],
    ['CHROMIUM', 'chromium'],
    ['WANGGE_VIEWER', 'emperor'],
    ['WANGGE_VIEWER', 'supervisor:'],
    ['WANGGE_VIEWER', 'supervisor:990101001,,'],
    ['WANGGE_VIEWER', 'supervisor:1:2'],
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

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.8.9.10', 'localhost', '::1', '[::1]', '::ffff:127.0.0.1'])('%s', (host) =>
    expect(isLoopback(host)).toBe(true),
  )
  it.each(['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.example.org', 'localhost.example.org', '10.127.0.1'])(
    'not %s',
    (host) => expect(isLoopback(host)).toBe(false),
  )
})
