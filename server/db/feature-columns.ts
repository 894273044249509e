/**
 * What the queryables of /ogc are within `features/list-*`: expressions over the columns that its filter sees. They are those that
 * the features are made of, masked where they are masked, in the precision they are given out in.
 */
const seconds = (column: string): string => `date_trunc('second', ${column})`
const tenths = (column: string): string => `round(${column}::numeric, 1)`
/** Only where the viewer may see households. */
const ofHouseholds = (column: string): string =>
  `case when $10::text[] is null or town_id = any ($10) then ${column} end`

export const featureColumns = {
  areas: {
    code: 'area_code',
    level: 'level',
    parent: 'parent_code',
    town: 'town_id',
    name: 'name',
    geometry: 'boundary',
  },
  grids: {
    code: 'grid_code',
    kind: 'kind',
    village: 'village_code',
    parent: 'parent_code',
    town: 'town_id',
    name: 'name',
    valid_from: seconds('valid_from'),
    valid_to: seconds('valid_to'),
    area_m2: tenths('st_area(boundary::geography)'),
    geometry: 'boundary',
  },
  households: {
    id: 'household_id',
    grid: 'grid_code',
    village: 'village_code',
    town: 'town_id',
    category: 'categories',
    must_visit: 'must_visit',
    members: 'members',
    geometry: 'position',
  },
  places: {
    id: 'place_id',
    grid: 'grid_code',
    town: 'town_id',
    kind: 'kind',
    is_key: 'is_key',
    name: 'name',
    address: 'address',
    geometry: 'position',
  },
  incidents: {
    id: 'incident_id',
    grid: 'grid_code',
    town: 'town_id',
    category: 'category',
    severity: 'severity',
    status: 'status',
    urgency: 'urgency',
    held_by: 'level',
    declared_grid: 'declared_grid_code',
    household: 'household_id',
    place: 'place_id',
    approximate: 'not is_exact',
    occurred_at: seconds('occurred_at'),
    reported_at: seconds('reported_at'),
    geometry: 'position',
  },
  'patrol-days': {
    worker: 'worker_id',
    grid: 'grid_code',
    town: 'town_id',
    day: 'day',
    met: 'rules_met',
    fixes: 'fixes',
    first: seconds('first_at'),
    last: seconds('last_at'),
    seconds_inside: 'seconds_inside',
    seconds_outside: 'seconds_outside',
    seconds_unobserved: 'seconds_unobserved',
    seconds_unreliable: 'seconds_unreliable',
    metres_inside: tenths('metres_inside'),
    metres_outside: tenths('metres_outside'),
    metres_raw: tenths('metres_raw'),
    rounds: 'rounds',
    hexagons_visited: 'hexagons_visited',
    hexagons_in_grid: 'hexagons_in_grid',
    households_passed: ofHouseholds('households_passed'),
    households_total: ofHouseholds('households_total'),
    geometry: 'spot',
  },
  traces: { worker: 'worker_id', town: 'town_id', day: 'day', label: 'label', geometry: 'path' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>
