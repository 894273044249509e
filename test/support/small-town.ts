/**
 * A county small enough to count by hand. Town 990101001 has two villages, west and east, of two grids each: squares of
 * 0.005° side by side, numbered from the south-west,
 *
 *        29.910 ┌──────┬──────┐
 *               │ 102  │ 202  │      west village: 101 (below), 102 (above)
 *        29.905 ├──────┼──────┤      east village: 201 (below), 202 (above)
 *               │ 101  │ 201  │
 *        29.900 └──────┴──────┘
 *           119.600  .605   .610
 *
 * each with five households along its diagonal, and one household 200 m north of all grids. Grid 101 was smaller before
 * 2026-06-01. Worker w1 answers for 101, w2 for 202. Town 990101002, next door, is what a viewer of the first must never see.
 */
import type { Database } from '../../server/db/database.ts'

export const county = '990101'
export const town = '990101001'
export const westVillage = '990101001001'
export const eastVillage = '990101001002'
export const otherTown = '990101002'

/** The moment the tests run at: Friday 2026-10-09 20:00 in Asia/Shanghai. */
export const now = Date.parse('2026-10-09T12:00:00Z')
export const day = '2026-10-09'

/** Names, phones and house numbers that must not leave the service unasked. */
export const secrets = ['王小明', '13812345678', '诸葛大力', '李四光', '12号', 'Secret Neighbour']

/** Decimals as written above: 119.6 + 0.005 is not 119.605 in binary, and neighbours must share their corners. */
const degrees = (value: number): number => Number(value.toFixed(6))
const corner = (x: number, y: number): string => `${degrees(x)} ${degrees(y)}`
const polygon = (...ring: readonly (readonly [number, number])[]): string =>
  `SRID=4326;MULTIPOLYGON(((${[...ring, ring[0] ?? [0, 0]].map(([x, y]) => corner(x, y)).join(',')})))`
const box = (west: number, south: number, east: number, north: number): string =>
  polygon([west, south], [east, south], [east, north], [west, north])
const at = (x: number, y: number): string => `SRID=4326;POINT(${corner(x, y)})`

const since = Date.parse('2026-01-01T00:00:00+08:00')
const redrawn = Date.parse('2026-06-01T00:00:00+08:00')

/** A village of two grids, one above the other: its sides have the vertex where they meet. */
const villageBox = (west: number, south: number, east: number, north: number): string => {
  const y = (south + north) / 2
  return polygon([west, south], [east, south], [east, y], [east, north], [west, north], [west, y])
}
/** The town of four grids: a vertex in the middle of each edge. */
const townBox = (west: number, south: number, east: number, north: number): string => {
  const [x, y] = [(west + east) / 2, (south + north) / 2]
  const lower = [
    [west, south],
    [x, south],
    [east, south],
    [east, y],
  ] as const
  return polygon(...lower, [east, north], [x, north], [west, north], [west, y])
}

/** Code, village, west and south of each grid of the town in force today. */
export const grids = [
  { code: '101', village: westVillage, west: 119.6, south: 29.9 },
  { code: '102', village: westVillage, west: 119.6, south: 29.905 },
  { code: '201', village: eastVillage, west: 119.605, south: 29.9 },
  { code: '202', village: eastVillage, west: 119.605, south: 29.905 },
] as const
const side = 0.005

/** The five households of each grid lie at 1/6 … 5/6 of its diagonal; the fifth must be visited. */
export const households = grids.flatMap((grid, g) =>
  [1, 2, 3, 4, 5].map((n) => ({
    id: `h${g + 1}${n}`,
    grid: grid.code,
    village: grid.village,
    longitude: degrees(grid.west + (side * n) / 6),
    latitude: degrees(grid.south + (side * n) / 6),
    mustVisit: n === 5,
  })),
)
export const householdInNoGrid = { id: 'h99', longitude: 119.602, latitude: 29.912 }

/** Six incidents: three in 101, one in 202, one in no grid, one without a position. */
export const incidents = [
  { id: 'i1', category: 'fire', time: '2026-10-01T08:00:00+08:00', at: [119.601, 29.901] },
  { id: 'i2', category: 'fire', time: '2026-10-02T08:00:00+08:00', at: [119.6011, 29.9011] },
  { id: 'i3', category: 'traffic', time: '2026-10-02T09:00:00+08:00', at: [119.6045, 29.9045] },
  { id: 'i4', category: 'traffic', time: '2026-10-09T00:00:00+08:00', at: [119.609, 29.909] },
  { id: 'i5', category: 'noise', time: '2026-10-09T08:00:00+08:00', at: [119.602, 29.912] },
  { id: 'i6', category: 'noise', time: '2026-10-09T09:00:00+08:00', at: null },
] as const

/** A fix every 20 s for an hour from 09:00: w1 walks up and down the middle half of the diagonal of grid 101 at about 0.9 m/s. */
export const fixes = Array.from({ length: 181 }, (_, i) => {
  const along = 0.25 + 0.5 * Math.abs(((i / 20) % 2) - 1)
  return {
    worker: 'w1',
    time: Date.parse('2026-10-09T09:00:00+08:00') + i * 20_000,
    longitude: 119.6 + side * along,
    latitude: 29.9 + side * along,
    accuracy: 8,
  }
})

/** Writes it all; `db` is an empty database with the schema. */
export async function seedSmallTown(db: Database): Promise<void> {
  await db.system().transaction(async (to) => {
    const text = (names: string): Record<string, 'text'> =>
      Object.fromEntries(names.split(' ').map((name) => [name, 'text']))
    await to.insertMany(
      'areas',
      { ...text('area_code parent_code level name town_id'), lineage: 'text[]', boundary: 'geometry' },
      [
        [county, null, 'county', '云岭县', null, [county], null],
        [town, county, 'township', '临溪镇', town, [county, town], townBox(119.6, 29.9, 119.61, 29.91)],
        [
          westVillage,
          town,
          'village',
          '西村',
          town,
          [county, town, westVillage],
          villageBox(119.6, 29.9, 119.605, 29.91),
        ],
        [
          eastVillage,
          town,
          'village',
          '东村',
          town,
          [county, town, eastVillage],
          villageBox(119.605, 29.9, 119.61, 29.91),
        ],
        [
          otherTown,
          county,
          'township',
          '邻镇',
          otherTown,
          [county, otherTown],
          box(119.61, 29.9, 119.62, 29.91),
        ],
      ],
    )
    await to.insertMany(
      'policies',
      { ...text('area_code kind'), valid_from: 'date', valid_to: 'date', name: 'text', rules: 'jsonb' },
      [
        [county, 'division', '2026-01-01', null, '300–500', { households: { from: 300, to: 500 } }],
        [town, 'division', '2026-01-01', null, '4–12', { households: { from: 4, to: 12 } }],
      ],
    )
    await to.insertMany(
      'grids',
      {
        ...text('town_id grid_code'),
        valid_from: 'timestamptz',
        valid_to: 'timestamptz',
        ...text('village_code parent_code kind name'),
        boundary: 'geometry',
      },
      [
        [
          town,
          '101',
          since,
          redrawn,
          westVillage,
          null,
          'ordinary',
          '一网格',
          box(119.6, 29.9, 119.604, 29.905),
        ],
        ...grids.map(({ code, village, west, south }) => [
          town,
          code,
          code === '101' ? redrawn : since,
          null,
          village,
          null,
          'ordinary',
          code === '101' ? '一网格' : null,
          box(west, south, west + side, south + side),
        ]),
        [
          otherTown,
          '901',
          since,
          null,
          null,
          null,
          'ordinary',
          'Secret Neighbour',
          box(119.61, 29.9, 119.62, 29.91),
        ],
      ],
    )
    await to.insertMany(
      'households',
      {
        ...text('town_id household_id village_code address head phone'),
        members: 'integer',
        categories: 'text[]',
        must_visit: 'boolean',
        position: 'geometry',
      },
      [
        ...households.map((one) => [
          town,
          one.id,
          one.village,
          '临溪镇桥头12号',
          '王小明',
          '13812345678',
          3,
          one.mustVisit ? ['five_guarantee'] : [],
          one.mustVisit,
          at(one.longitude, one.latitude),
        ]),
        [town, householdInNoGrid.id, null, null, '诸葛大力', null, 1, [], false, at(119.602, 29.912)],
        [otherTown, 'h1', null, null, 'Secret Neighbour', null, 2, [], false, at(119.615, 29.905)],
      ],
    )
    await to.insertMany(
      'places',
      { ...text('town_id place_id kind name'), is_key: 'boolean', position: 'geometry' },
      [[town, 'p1', 'school', '临溪小学', true, at(119.602, 29.902)]],
    )
    await to.insertMany('workers', text('town_id worker_id name phone role'), [
      [town, 'w1', '李四光', '13812345678', 'full_time'],
      [town, 'w2', '王小明', null, 'full_time'],
      [otherTown, 'w9', 'Secret Neighbour', null, 'full_time'],
    ])
    await to.insertMany(
      'assignments',
      { ...text('town_id worker_id grid_code role'), valid_from: 'timestamptz', valid_to: 'timestamptz' },
      [
        [town, 'w1', '101', 'full_time', since, null],
        [town, 'w2', '202', 'full_time', since, null],
        [otherTown, 'w9', '901', 'full_time', since, null],
      ],
    )
    await to.insertMany(
      'visits',
      {
        ...text('town_id visit_id worker_id household_id'),
        visited_from: 'timestamptz',
        visited_to: 'timestamptz',
        evidence: 'text',
      },
      [
        [town, 'v1', 'w1', 'h11', Date.parse('2026-10-09T09:00:00+08:00'), null, 'check_in'],
        [town, 'v2', 'w1', 'h15', Date.parse('2026-10-05T23:59:59+08:00'), null, 'check_in'],
        [town, 'v3', 'w2', 'h41', Date.parse('2026-09-01T09:00:00+08:00'), null, 'check_in'],
      ],
    )
    await to.insertMany(
      'incidents',
      {
        ...text('town_id incident_id category'),
        occurred_at: 'timestamptz',
        ...text('status declared_grid_code'),
        position: 'geometry',
      },
      [
        ...incidents.map((one) => [
          town,
          one.id,
          one.category,
          Date.parse(one.time),
          'reported',
          null,
          one.at ? at(one.at[0], one.at[1]) : null,
        ]),
        [
          otherTown,
          'i1',
          'Secret Neighbour',
          Date.parse('2026-10-01T08:00:00+08:00'),
          'reported',
          null,
          at(119.615, 29.905),
        ],
      ],
    )
    await to.insertMany('roads', { ...text('town_id road_id name class'), path: 'geometry' }, [
      [town, 'r1', '临溪街', 'primary', 'SRID=4326;MULTILINESTRING((119.599 29.9025,119.611 29.9025))'],
    ])
    await to.insertMany(
      'buildings',
      { ...text('town_id building_id name'), floors: 'integer', boundary: 'geometry' },
      [[town, 'b1', null, 3, box(119.6015, 29.9015, 119.6017, 29.9016)]],
    )
    await to.insertMany('land', { ...text('town_id land_id kind name'), boundary: 'geometry' }, [
      [town, 'l1', 'water', '临溪', box(119.6, 29.9045, 119.61, 29.9055)],
    ])
    await to.insertMany(
      'villages',
      { ...text('town_id village_id village_code name'), boundary: 'geometry' },
      [[town, 'n1', westVillage, '桥头', box(119.6, 29.9, 119.603, 29.903)]],
    )
    await to.insertMany(
      'traces',
      { ...text('town_id worker_id'), day: 'date', label: 'text', path: 'geometry' },
      [
        [town, 'w1', day, 'inside', 'SRID=4326;MULTILINESTRING((119.601 29.901,119.604 29.904))'],
        [otherTown, 'w9', day, 'inside', 'SRID=4326;MULTILINESTRING((119.611 29.901,119.614 29.904))'],
      ],
    )
  })
}
