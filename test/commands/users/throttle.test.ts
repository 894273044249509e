import { describe, expect, it } from 'vitest'
import { createThrottle, type Throttle } from '../../../server/commands/users/throttle.ts'

const [here, there] = ['192.0.2.1', '192.0.2.2']

/** The waits that so many attempts at one moment meet, one after the other. */
const waits = (throttle: Throttle, login: string, address: string, now: number, n: number): number[] =>
  Array.from({ length: n }, () => throttle.begin(login, address, now).waitSeconds)

describe('wrong passwords', () => {
  it('for one login from one address: five are free, then each waits twice as long as the one before', () => {
    const throttle = createThrottle()
    let now = 0
    const met: number[] = []
    const afterwards: number[] = []
    for (let n = 0; n < 18; n++) {
      const { waitSeconds } = throttle.begin('a', here, now)
      met.push(waitSeconds)
      now += waitSeconds * 1000
      if (waitSeconds > 0) afterwards.push(throttle.begin('a', here, now).waitSeconds)
    }
    // 15 minutes is the most: 2^10 = 1024 s is more than 900 s.
    expect(met).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
    expect(afterwards).toEqual(Array.from({ length: 13 }, () => 0))
  })

  it('count from their start: a hundred at once get no further than five', () => {
    const met = waits(createThrottle(), 'a', here, 0, 100)
    expect(met.filter((wait) => wait === 0)).toHaveLength(5)
  })

  it('from one address hold back that address, whatever the login', () => {
    const throttle = createThrottle()
    for (let n = 0; n < 20; n++) expect(throttle.begin(`user${n}`, here, 0).waitSeconds).toBe(0)
    expect(throttle.begin('user20', here, 0).waitSeconds).toBe(1)
    expect(throttle.begin('user20', there, 0).waitSeconds).toBe(0)
  })

  it('from many addresses hold back a login, but never longer than a minute', () => {
    const throttle = createThrottle()
    let now = 0
    for (let n = 0; n < 60; n++) now += throttle.begin('a', `10.0.0.${n}`, now).waitSeconds * 1000
    expect(throttle.begin('a', there, now).waitSeconds).toBeLessThanOrEqual(60)
    expect(throttle.begin('a', there, now).waitSeconds).toBeGreaterThan(0)
    expect(throttle.begin('b', there, now).waitSeconds).toBe(0)
  })

  it('are forgotten by the right password, and after an hour', () => {
    const throttle = createThrottle()
    for (let n = 0; n < 4; n++) throttle.begin('a', here, 0)
    throttle.begin('a', here, 0).succeeded()
    expect(waits(throttle, 'a', here, 0, 6)).toEqual([0, 0, 0, 0, 0, 1])
    expect(waits(throttle, 'a', here, 3_600_000, 6)).toEqual([0, 0, 0, 0, 0, 1])
  })

  it('of others at an address are not forgotten by one who knows his own', () => {
    const throttle = createThrottle()
    for (let n = 0; n < 19; n++) throttle.begin(`user${n}`, here, 0)
    throttle.begin('mine', here, 0).succeeded()
    expect(throttle.begin('user19', here, 0).waitSeconds).toBe(0)
    expect(throttle.begin('user20', here, 0).waitSeconds).toBe(1)
  })
})
