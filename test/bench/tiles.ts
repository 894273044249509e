/**
 * A vector tile by our one path (SQL clips and snaps, we write the bytes) against ST_AsMVT of the same rows on the same server
 * (DATABASE_URL), and on the embedded engine, which has no ST_AsMVT, against the 50 ms a tile may take.
 */
import { type Database, openDatabase } from '../../server/db/database.ts'
import { statement } from '../../server/db/sql.ts'
import { tileFrame } from '../../server/formats/mvt/tile-frame.ts'
import { writeTile } from '../../server/formats/mvt/write-tile.ts'
import { makeTile, type StoredLayer } from '../../server/routes/tiles/make-tile.ts'
import { embeddedPlace, serverUrl, type TestPlace, testPlace } from '../support/place.ts'
import type { BenchRow } from './bench-row.ts'

const town = '990101001'
const viewer = { name: 'bench', role: 'administrator', areas: 'all' } as const
/** Columns and rows of grids, and vertices along one side of each. */
const columns = 60
const rows = 40
const wiggles = 9
const households = 20_000
const [west, south] = [119.5, 29.8]
const [width, height] = [0.004, 0.0035]

/** A shared edge between two corners of the lattice: the same wiggles from either side. */
function edge(x0: number, y0: number, x1: number, y1: number): string[] {
  const forward = x0 < x1 || (x0 === x1 && y0 < y1)
  const steps = Array.from({ length: wiggles }, (_, i) => (forward ? i : wiggles - i))
  const [ax, ay, bx, by] = forward ? [x0, y0, x1, y1] : [x1, y1, x0, y0]
  return steps.map((i) => {
    const bend = i === 0 || i === wiggles ? 0 : Math.sin(ax * 7 + ay * 13 + i * 2) * 0.08
    const x = ax + ((bx - ax) * i) / wiggles + (by - ay) * bend
    const y = ay + ((by - ay) * i) / wiggles + (bx - ax) * bend
    return `${(west + x * width).toFixed(7)} ${(south + y * height).toFixed(7)}`
  })
}

async function seed(db: Database): Promise<void> {
  const system = db.system()
  const names = {
    area_code: 'text',
    level: 'text',
    name: 'text',
    town_id: 'text',
    lineage: 'text[]',
  } as const
  await system.insertMany('areas', names, [[town, 'township', 'bench', town, [town]]])
  const grids = Array.from({ length: columns * rows }, (_, i) => {
    const [x, y] = [i % columns, Math.floor(i / columns)]
    const ring = [
      ...edge(x, y, x + 1, y),
      ...edge(x + 1, y, x + 1, y + 1),
      ...edge(x + 1, y + 1, x, y + 1),
      ...edge(x, y + 1, x, y),
    ]
    return [town, `g${i}`, 0, 'ordinary', `SRID=4326;MULTIPOLYGON(((${[...ring, ring[0]].join(',')})))`]
  })
  const gridColumns = {
    town_id: 'text',
    grid_code: 'text',
    valid_from: 'timestamptz',
    kind: 'text',
    boundary: 'geometry',
  } as const
  await system.insertMany('grids', gridColumns, grids)
  const points = Array.from({ length: households }, (_, i) => {
    const x = west + (((i * 7919) % households) / households) * columns * width
    const y = south + (((i * 104_729) % households) / households) * rows * height
    return [town, `h${i}`, `SRID=4326;POINT(${x} ${y})`]
  })
  await system.insertMany(
    'households',
    { town_id: 'text', household_id: 'text', position: 'geometry' },
    points,
  )
  await db.maintain()
}

/** ST_AsMVT of the rows and properties our statements give. */
const asMvt = {
  grids: `with t as materialized (
      select g.grid_code as code, g.name, g.kind, g.village_code as village, g.parent_code as parent,
        st_asmvtgeom(st_transform(g.boundary, 3857), st_tileenvelope($1, $2, $3), 4096, 64, true) as shape
      from wangge.grids g where g.boundary && st_transform(st_tileenvelope($1, $2, $3, margin => 64.0 / 4096), 4326))
    select st_asmvt(t, 'grids', 4096, 'shape') as tile from t`,
  households: `with t as materialized (
      select h.household_id as id, h.must_visit,
        st_asmvtgeom(st_transform(h.position, 3857), st_tileenvelope($1, $2, $3), 4096, 64, true) as shape
      from wangge.households h where h.position && st_transform(st_tileenvelope($1, $2, $3, margin => 64.0 / 4096), 4326))
    select st_asmvt(t, 'households', 4096, 'shape') as tile from t`,
}

/** The quickest of some runs, which other work on the machine disturbs least: milliseconds, and the bytes made. */
async function measure(make: () => Promise<Uint8Array>): Promise<{ milliseconds: number; bytes: number }> {
  let bytes = (await make()).length
  const times: number[] = []
  for (let run = 0; run < 15; run++) {
    const start = performance.now()
    bytes = (await make()).length
    times.push(performance.now() - start)
  }
  return { milliseconds: Math.min(...times), bytes }
}

/** The tile in the middle of the town. */
function tileAt(z: number): { z: number; x: number; y: number } {
  const [longitude, latitude] = [west + (columns * width) / 2, south + (rows * height) / 2]
  const turn = (1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2
  return { z, x: Math.floor(((longitude + 180) / 360) * 2 ** z), y: Math.floor(turn * 2 ** z) }
}

const ours = (db: Database, layer: StoredLayer, z: number) =>
  measure(async () => {
    const tile = tileAt(z)
    return writeTile(await makeTile(db.as(viewer), layer, tile, tileFrame(tile), { at: 1, worker: null }))
  })

async function onNative(db: Database): Promise<BenchRow[]> {
  const found: BenchRow[] = []
  for (const [layer, z] of [
    ['grids', 10],
    ['grids', 13],
    ['households', 13],
    ['households', 14],
  ] as const) {
    const tile = tileAt(z)
    const mine = await ours(db, layer, z)
    const query = statement<{ tile: Buffer }>(asMvt[layer])
    const parameters = [tile.z, tile.x, tile.y]
    const other = await measure(async () => (await db.system().one(query, parameters)).tile)
    found.push({
      name: `tile ${layer} z${z}, native`,
      ours: mine.milliseconds,
      theirs: other.milliseconds,
      ratio: mine.milliseconds / other.milliseconds,
      // Points travel to us one row each; ST_AsMVT keeps them on the server.
      target: layer === 'grids' ? '<= 1.5' : '<= 2.5',
      unit: 'ms',
      note: `${mine.bytes} bytes against ${other.bytes} of ST_AsMVT`,
    })
  }
  return found
}

async function onEmbedded(db: Database): Promise<BenchRow[]> {
  const found: BenchRow[] = []
  for (const [layer, z] of [
    ['grids', 13],
    ['households', 14],
  ] as const) {
    const mine = await ours(db, layer, z)
    found.push({
      name: `tile ${layer} z${z}, embedded`,
      ours: mine.milliseconds,
      theirs: 50,
      ratio: mine.milliseconds / 50,
      target: '<= 1',
      unit: 'ms',
      note: `${mine.bytes} bytes`,
    })
  }
  return found
}

async function on(place: TestPlace, measureOn: (db: Database) => Promise<BenchRow[]>): Promise<BenchRow[]> {
  const db = await openDatabase(place.options)
  try {
    await seed(db)
    return await measureOn(db)
  } finally {
    await db.close()
    await place.remove()
  }
}

export async function bench(): Promise<BenchRow[]> {
  const native = serverUrl === undefined ? [] : await on(await testPlace('migrated'), onNative)
  return [...native, ...(await on(await embeddedPlace('migrated'), onEmbedded))]
}
