import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { filesOf } from '../../scripts/demo-township/outputs.ts'
import { randomStream } from '../../scripts/demo-township/random.ts'
import { makeTownship } from '../../scripts/demo-township/township.ts'
import { demoFolder } from './demo-township.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

test('the seed makes the bytes that are in the repository, and no other file', { timeout: 600_000 }, () => {
  const made = [...filesOf(makeTownship('wangge'))].map(([name, bytes]) => [name, sha256(bytes)])
  const kept = readdirSync(demoFolder).map((name) => [name, sha256(readFileSync(demoFolder + name))])
  expect(Object.fromEntries(made)).toEqual(Object.fromEntries(kept))
})

test('all files together stay below 10 MB', () => {
  const sizes = readdirSync(demoFolder).map((name) => readFileSync(demoFolder + name).length)
  expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(10_000_000)
})

test('a stream of numbers depends on the seed and on its name, and on nothing drawn elsewhere', () => {
  const drawn = (seed: string, name: string): number[] => {
    const random = randomStream(seed, name)
    return Array.from({ length: 8 }, () => random.unit())
  }
  expect(drawn('a', 'roads')).toEqual(drawn('a', 'roads'))
  expect(drawn('a', 'roads')).not.toEqual(drawn('b', 'roads'))
  expect(drawn('a', 'roads')).not.toEqual(drawn('a', 'river'))
})

test('draws are spread as they should be', () => {
  const random = randomStream('spread', 'test')
  const units = Array.from({ length: 20_000 }, () => random.unit())
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length
  expect(mean(units)).toBeCloseTo(0.5, 1.9) // standard error 0.002
  expect(mean(units.map((u) => (u - 0.5) ** 2))).toBeCloseTo(1 / 12, 2)
  const normals = Array.from({ length: 20_000 }, () => random.normal(3))
  expect(Math.abs(mean(normals))).toBeLessThan(0.1) // standard error 0.021
  expect(mean(normals.map((x) => x * x))).toBeCloseTo(9, 0)
})
