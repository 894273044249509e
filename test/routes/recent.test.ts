import { describe, expect, it } from 'vitest'
import { createRecent, type Recent } from '../../server/routes/recent.ts'

let now = 0
const recent = (): Recent<number> =>
  createRecent<number>({
    now: () => now,
    freshMilliseconds: 2000,
    patienceMilliseconds: 5,
    keptMilliseconds: 60_000,
    most: 2,
  })
const never = (): Promise<number> => new Promise(() => {})
const of = (value: number) => async (): Promise<number> => value

describe('a value', () => {
  it('is loaded once while it is fresh, and again afterwards', async () => {
    const values = recent()
    now = 0
    expect(await values.get('a', of(1))).toBe(1)
    now = 1999
    expect(await values.get('a', of(2))).toBe(1)
    now = 2000
    expect(await values.get('a', of(2))).toBe(2)
  })

  it('that takes long to load again stands as it was, but not for ever', async () => {
    const values = recent()
    now = 0
    await values.get('a', of(1))
    now = 59_999
    expect(await values.get('a', never)).toBe(1)
    now = 60_000
    const waiting = Symbol('waiting')
    const patience = new Promise((resolve) => setTimeout(() => resolve(waiting), 30))
    expect(await Promise.race([values.get('a', never), patience])).toBe(waiting)
  })

  it('is loaded once for all who ask meanwhile', async () => {
    const values = recent()
    let loads = 0
    const load = async (): Promise<number> => ++loads
    expect(await Promise.all([values.get('b', load), values.get('b', load)])).toEqual([1, 1])
  })

  it('that cannot be loaded is not known: the failure is told, and the next one tries again', async () => {
    const values = recent()
    now = 0
    await values.get('a', of(1))
    now = 3000
    const failing = values.get('a', () => Promise.reject(new Error('gone')))
    await expect(failing).rejects.toThrow('gone')
    expect(await values.get('a', of(2))).toBe(2)
  })

  it('is forgotten on demand, and when there are too many', async () => {
    const values = recent()
    now = 0
    await values.get('a', of(1))
    values.clear()
    expect(await values.get('a', of(2))).toBe(2)
    await values.get('b', of(1))
    await values.get('c', of(1))
    expect(await values.get('a', of(3))).toBe(3)
    expect(await values.get('c', of(3))).toBe(1)
  })
})
