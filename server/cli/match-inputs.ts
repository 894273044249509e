/** What a trace is matched against: grids, assignments, households, policy. All that is wrong is said at once. */
import { readFileSync } from 'node:fs'
import { patrolPolicySchema } from '../contract/match.ts'
import { fourHoursThreeKilometres, type PatrolPolicy, patrolPolicyOf } from '../core/policy/patrol-policy.ts'
import type { AssignedGrid } from '../core/trajectories/find-inside-spans.ts'
import type { Flaw, Grid, HouseholdPoint } from '../core/values.ts'
import { chooseLabels } from '../formats/choose-label.ts'
import { flaw } from '../formats/flaw-codes.ts'
import { fileAt } from '../formats/input-file.ts'
import { readFeatures } from '../formats/read-features.ts'
import { readRows } from '../formats/read-rows.ts'
import type { FeatureRecord, ReadOptions } from '../formats/records.ts'
import { UsageError } from './verb.ts'

/** A value, or why there is none. */
export interface Input<T> {
  readonly value: T
  readonly flaws: readonly Flaw[]
}

/** The grids of a file by code; features of one code are parts of one grid. One bad record refuses the file. */
export async function readGridFile(path: string, options: ReadOptions): Promise<Input<Grid[]>> {
  const records: FeatureRecord[] = []
  const flaws: Flaw[] = []
  for await (const read of readFeatures(fileAt(path), options)) {
    if ('flaws' in read) flaws.push(...read.flaws)
    else records.push(read.record)
  }
  const { labels } = chooseLabels(records, options.map)
  const grids = records.flatMap(({ geometry, place }, i): Grid[] => {
    const code = labels[i]!
    if (code === '') flaws.push(flaw('value_missing', place, { label: { zh: '网格编码', en: 'grid code' } }))
    if (geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon') return [{ code, geometry }]
    const found = geometry?.type
    flaws.push(
      found
        ? flaw('geometry_wrong_type', place, { wanted: 'Polygon', found })
        : flaw('geometry_missing', place, {}),
    )
    return []
  })
  return { value: grids, flaws }
}

/** The grids assigned to each worker, in force while the assignment is. An unknown grid refuses the file. */
export async function readAssignmentFile(
  path: string,
  grids: readonly Grid[],
  options: ReadOptions,
): Promise<Input<Map<string, AssignedGrid[]>>> {
  const assigned = new Map<string, AssignedGrid[]>()
  const flaws: Flaw[] = []
  for await (const batch of readRows(fileAt(path), 'assignments', options)) {
    for (const read of batch) {
      if ('flaws' in read) {
        flaws.push(...read.flaws)
        continue
      }
      const { worker, grid, from, to } = read.record.row
      const parts = grids.filter(({ code }) => code === grid)
      if (parts.length === 0) flaws.push(unknownGrid(read.record.source, grid))
      const entries = parts.map(({ code, geometry }) => ({ code, geometry, from, to }))
      assigned.set(worker, [...(assigned.get(worker) ?? []), ...entries])
    }
  }
  return { value: assigned, flaws }
}

const unknownGrid = ({ place }: FeatureRecord, code: string): Flaw => ({
  code: 'grid_unknown',
  place: { ...place, field: 'grid' },
  message: { zh: '网格文件中没有这个网格', en: 'The grids have no grid of this code' },
  value: code,
})

/** The households of a file. Those without coordinates cannot be passed and are told apart. */
export async function readHouseholdFile(
  path: string,
  options: ReadOptions,
): Promise<Input<HouseholdPoint[]> & { readonly withoutPosition: number }> {
  const households: HouseholdPoint[] = []
  const flaws: Flaw[] = []
  let withoutPosition = 0
  for await (const batch of readRows(fileAt(path), 'households', options)) {
    for (const read of batch) {
      if ('record' in read) {
        const { id, longitude, latitude } = read.record.row
        households.push({ id, longitude, latitude })
      } else if (read.flaws.every(({ code }) => code === 'position_missing')) withoutPosition++
      else flaws.push(...read.flaws)
    }
  }
  return { value: households, flaws, withoutPosition }
}

/** The policy of a JSON file, or 004. @throws UsageError when the file is no policy, naming each field. */
export function readPolicyFile(path: string | undefined): PatrolPolicy {
  if (path === undefined) return fourHoursThreeKilometres
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError({ zh: `无法读取 --policy：${reason}`, en: `--policy cannot be read: ${reason}` })
  }
  const parsed = patrolPolicySchema.safeParse(json)
  if (parsed.success) return patrolPolicyOf(parsed.data)
  const issues = parsed.error.issues
    .map(({ path: at, message }) => `${at.join('.') || '.'}: ${message}`)
    .join('; ')
  throw new UsageError({ zh: `--policy 不合要求：${issues}`, en: `--policy is not a policy: ${issues}` })
}
