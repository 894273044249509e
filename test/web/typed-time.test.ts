import { describe, expect, it } from 'vitest'
import { secondOf } from '../../web/screens/patrol/assessment/typed-time.ts'

describe('a time as people type it', () => {
  it.each([
    ['08:05', 8 * 3600 + 5 * 60],
    ['8:05', 29_100],
    ['0805', 29_100],
    ['８', null],
    ['14：30', 14 * 3600 + 30 * 60],
    [' 9:00 ', 32_400],
    ['00:00', 0],
    ['24:00', 86_400],
    ['24:01', null],
    ['10:60', null],
    ['', null],
    ['10:00 AM', null],
  ])('%s', (typed, second) => expect(secondOf(typed)).toBe(second))
})
