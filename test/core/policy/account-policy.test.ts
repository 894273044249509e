import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  loginFlaws,
  normaliseLogin,
  passwordFlaws,
  waitSeconds,
} from '../../../server/core/policy/account-policy.ts'

const codes = (flaws: readonly { readonly code: string }[]): string[] => flaws.map((flaw) => flaw.code)

describe('a login', () => {
  it('is the same in capitals, in full-width letters, with spaces around it', () => {
    for (const typed of ['zhang.san', 'Zhang.San', ' ｚｈａｎｇ．ｓａｎ '])
      expect(normaliseLogin(typed)).toBe('zhang.san')
  })

  it.each(['zhang.san', '张三', '13800000000', 'a@b.cn', 'x'])('may be %s', (login) =>
    expect(loginFlaws(login)).toEqual([]),
  )

  it.each(['', '.x', 'a b', 'a,b', 'a:b', 'a\nb', `a${'b'.repeat(64)}`])('is not %j', (login) =>
    expect(codes(loginFlaws(login))).toEqual(['login_malformed']),
  )

  it.each(['local-planner', 'cli-administrator', 'anonymous', 'system'])('is not the service’s %s', (login) =>
    expect(codes(loginFlaws(login))).toEqual(['login_reserved']),
  )

  it('that is good stays the same when it is normalised again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (typed) => {
        const login = normaliseLogin(typed)
        fc.pre(loginFlaws(login).length === 0)
        expect(normaliseLogin(login)).toBe(login)
      }),
    )
  })
})

describe('a password', () => {
  it.each<[string, string[]]>([
    ['correct horse', []],
    ['一句十个字以上的中文话', []],
    ['123456789', ['password_length']],
    ['x'.repeat(201), ['password_length', 'password_monotonous']],
    ['ababababab', ['password_monotonous']],
    // 5 characters, though 10 UTF-16 units.
    ['😀😁😂😃😄', ['password_length']],
    ['Zhang.San.1', ['password_is_login']],
  ])('%j has the flaws %j', (password, flaws) =>
    expect(codes(passwordFlaws(password, 'zhang.san.1'))).toEqual(flaws),
  )

  it('is in none of its flaws', () => {
    expect(JSON.stringify(passwordFlaws('geheim', 'geheim'))).not.toContain('geheim')
  })
})

describe('the wait', () => {
  it('is none while failures are free, then doubles up to its most', () => {
    const rule = { free: 3, mostSeconds: 60 }
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => waitSeconds(n, rule))).toEqual([
      0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60,
    ])
  })

  it('never shrinks as failures grow, and never passes its most', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(50), fc.integer({ min: 1, max: 3600 }), (n, free, mostSeconds) => {
        const [wait, next] = [n, n + 1].map((one) => waitSeconds(one, { free, mostSeconds })) as [
          number,
          number,
        ]
        expect(next).toBeGreaterThanOrEqual(wait)
        expect(next).toBeLessThanOrEqual(mostSeconds)
      }),
    )
  })
})
