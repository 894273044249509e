/** What users do with /ogc: read it with GDAL. The service listens here, for GDAL is another process. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectionNames } from '../../server/contract/ogc.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { seedSmallTown, town } from '../support/small-town.ts'

const hasGdal = spawnSync('ogrinfo', ['--version']).status === 0
if (!hasGdal) process.stderr.write('GDAL is not installed: its reading of /ogc is not tested\n')

const test = useDatabase()
let service: Service
let server: ReturnType<Service['app']['listen']>
let address: string
const folder = mkdtempSync(join(tmpdir(), 'wangge-gdal-'))

/** Households scattered over the town by a fixed pattern, beside the 22 of the seed. */
const many = 3000

beforeAll(async () => {
  await seedSmallTown(test.db)
  const columns = { town_id: 'text', household_id: 'text', position: 'geometry' } as const
  const scattered = Array.from({ length: many }, (_, i) => [
    town,
    `m${String(i).padStart(5, '0')}`,
    `SRID=4326;POINT(${119.6 + ((i * 7919) % 10_000) / 1e6} ${29.9 + ((i * 104_729) % 10_000) / 1e6})`,
  ])
  await test.db.system().insertMany('households', columns, scattered)
  service = serviceOn(test.db)
  server = service.app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ogc`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true, force: true })
})

/** Output of a command; the service must answer meanwhile, so not `spawnSync`. */
async function run(command: string, ...args: string[]): Promise<string> {
  const child = spawn(command, args)
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${output}`)
  return output
}

const featureCount = (output: string): number => Number(/Feature Count: (\d+)/.exec(output)?.[1])

describe.runIf(hasGdal)('GDAL', () => {
  it('counts what the collection says, and copies exactly that many', async () => {
    const file = join(folder, 'households.geojson')
    const source = `OAPIF:${address}`
    const info = await run('ogrinfo', '-so', source, 'households', '-oo', 'PAGE_SIZE=250')
    expect(featureCount(info)).toBe(many + 22)
    await run('ogr2ogr', '-f', 'GeoJSON', file, source, 'households', '-oo', 'PAGE_SIZE=250')
    const { features } = JSON.parse(readFileSync(file, 'utf8')) as {
      features: { properties: { id: string; town: string; grid: string | null } }[]
    }
    expect(new Set(features.map((one) => `${one.properties.town},${one.properties.id}`)).size).toBe(many + 22)
    // All of the scattered ones lie in the town's square, so in some grid.
    expect(features.filter((one) => one.properties.grid === null).map((one) => one.properties.id)).toEqual([
      'h99',
    ])
  })

  it('sends its box and its filters to the service', async () => {
    const source = `OAPIF:${address}`
    const boxed = await run('ogrinfo', '-so', '-spat', '119.6', '29.9', '119.605', '29.905', source, 'grids')
    // The four meet in the box's corner; the fifth is elsewhere.
    expect(featureCount(boxed)).toBe(4)
    const asked = service.log.length
    const filtered = await run('ogrinfo', '-so', '-where', "category = 'fire'", source, 'incidents')
    expect(featureCount(filtered)).toBe(2)
    expect(service.log.length).toBeGreaterThan(asked)
  })

  it.each([
    ["id LIKE 'm000%' AND must_visit = 0", 'households', 100],
    ["must_visit = 1 OR id ILIKE 'H1_'", 'households', 8],
    ["occurred_at >= '2026/10/09 00:00:00+00' AND NOT category = 'fire'", 'incidents', 2],
    ["grid IS NULL AND NOT (category = 'fire')", 'incidents', 2],
  ])('has the service answer %s of %s', async (where, collection, count) => {
    const options = ['--debug', 'ON', '-so', '-oo', 'PAGE_SIZE=500', '-where', where]
    const found = await run('ogrinfo', ...options, `OAPIF:${address}`, collection)
    expect(featureCount(found)).toBe(count)
    expect(found).toMatch(/items\?.*filter=.*&filter-lang=cql-text/)
  })

  it('reads the tiles by their TileJSON', async () => {
    const tiles = address.replace(/ogc$/, 'tiles/grids')
    const file = join(folder, 'tiles.geojson')
    const options = ['-oo', 'TILE_EXTENSION=mvt', '-oo', `METADATA_FILE=${tiles}.json`]
    await run('ogr2ogr', '-f', 'GeoJSON', file, `MVT:${tiles}/14`, 'grids', ...options)
    const { features } = JSON.parse(readFileSync(file, 'utf8')) as {
      features: { properties: { code: string } }[]
    }
    // A grid that lies in two tiles comes from both.
    const codes = new Set(features.map(({ properties }) => properties.code))
    expect([...codes].sort()).toEqual(['101', '102', '201', '202', '901'])
  })

  it('knows every collection, traces as lines', async () => {
    const listed = await run('ogrinfo', '-so', `OAPIF:${address}`)
    for (const name of collectionNames) expect(listed).toContain(`: ${name} (`)
    expect(listed).toMatch(/: traces \(.*Line String\)/)
  })
})
