/** Reads the demo township as anybody would import it. A refused record fails the test that reads it. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Fix } from '../../server/core/values.ts'
import { fileAt } from '../../server/formats/input-file.ts'
import { readFixBatches } from '../../server/formats/read-fixes.ts'
import { type Kind, type RowOf, readRows } from '../../server/formats/read-rows.ts'

export const demoFolder = fileURLToPath(new URL('../../data/demo/', import.meta.url))

export interface PlantedProblem {
  readonly code: 'gap' | 'overlap' | 'hole' | 'inlet' | 'unmatched_edge'
  readonly grids: readonly string[]
  /** Not for an unmatched edge. */
  readonly area_m2?: number
  readonly households?: readonly string[]
  readonly ring?: [number, number][]
  readonly line?: [number, number][]
}
export interface TrueWorkerDay {
  readonly worker: string
  readonly date: string
  readonly grid: string
  readonly label: string
  readonly of?: string
  readonly met: boolean
  readonly inside_hours: number
  readonly inside_km: number
  readonly outside_hours: number
  readonly unobserved_hours: number
}
export interface Truths {
  readonly counts: Readonly<Record<string, number>>
  readonly division: {
    readonly change: {
      readonly day: string
      readonly from: string
      readonly to: string
      readonly households: number
    }
    readonly counts: Readonly<Record<string, number>>
    readonly problems: readonly PlantedProblem[]
    readonly household_in_none: readonly string[]
    readonly household_in_several: readonly string[]
    readonly size_band: { readonly from: number; readonly to: number }
    readonly households_below: readonly { readonly grid: string; readonly households: number }[]
    readonly households_above: readonly { readonly grid: string; readonly households: number }[]
  }
  readonly roster: { readonly without_contact: readonly string[] }
  readonly reassignment: { readonly day: string; readonly workers: readonly string[] }
  readonly patrols: {
    readonly rule: { readonly hours: number; readonly kilometres: number }
    readonly met: number
    readonly not_met: number
    readonly absent: readonly { readonly worker: string; readonly date: string }[]
    readonly days: readonly TrueWorkerDay[]
  }
  readonly hot_spots: readonly {
    readonly name: string
    readonly lon: number
    readonly lat: number
    readonly radius_m: number
    readonly category: string
    readonly from: string
    readonly to: string
    readonly incidents: number
    readonly resolution: number
  }[]
}
export const truths = JSON.parse(readFileSync(`${demoFolder}truths.json`, 'utf8')) as Truths

/** Midnight of a day in Asia/Shanghai, epoch milliseconds. */
export const midnight = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

const files: Readonly<Record<Kind, string>> = {
  areas: 'areas.geojson',
  grids: 'grids.geojson',
  villages: 'villages.geojson',
  buildings: 'buildings.geojson.gz',
  roads: 'roads.geojson',
  land: 'land.geojson',
  households: 'households.csv.gz',
  places: 'places.csv',
  workers: 'workers.csv',
  assignments: 'assignments.csv',
  roster: 'roster.csv.gz',
  visits: 'visits.csv.gz',
  incidents: 'incidents.csv.gz',
}

export async function demoRows<K extends Kind>(kind: K): Promise<RowOf<K>[]> {
  const rows: RowOf<K>[] = []
  for await (const batch of readRows(fileAt(demoFolder + files[kind]), kind))
    for (const read of batch) {
      if ('flaws' in read) throw new Error(`${files[kind]}: ${JSON.stringify(read.flaws)}`)
      rows.push(read.record.row)
    }
  return rows
}

/** The grids in force on a day. */
export const gridsOn = async (day: string): Promise<RowOf<'grids'>[]> =>
  (await demoRows('grids')).filter(
    ({ validFrom, validTo }) =>
      (validFrom ?? Number.NEGATIVE_INFINITY) <= midnight(day) &&
      midnight(day) < (validTo ?? Number.POSITIVE_INFINITY),
  )

export async function demoTraces(): Promise<Map<string, Fix[]>> {
  const traces = new Map<string, Fix[]>()
  for await (const batch of readFixBatches(fileAt(`${demoFolder}traces.csv.gz`)))
    for (const read of batch) {
      if ('flaws' in read) throw new Error(`traces: ${JSON.stringify(read.flaws)}`)
      const { worker, fix } = read.record
      const trace = traces.get(worker!)
      if (trace) trace.push(fix)
      else traces.set(worker!, [fix])
    }
  return traces
}
