/** How uploaded files are to be read: `crs` and `map` of a query. */
import { z } from 'zod'
import type { Flaw } from '../../core/values.ts'
import { AppError } from '../../errors.ts'
import type { ReadOptions } from '../../formats/records.ts'

export const readFields = {
  crs: z.string().max(200).optional().meta({
    description:
      'Coordinates of the files: an EPSG code, GCJ-02 or BD-09; by default what a file says of itself',
  }),
  map: z
    .string()
    .regex(/^[^=,]+=\w+(,[^=,]+=\w+)*$/)
    .optional()
    .meta({ description: 'What columns mean, where their names do not say: 户主=head,住址=address' }),
}

export interface ReadQuery {
  readonly crs?: string | undefined
  readonly map?: string | undefined
}

export const columnMap = (map: string | undefined): Record<string, string> =>
  Object.fromEntries(
    (map ?? '').split(',').flatMap((pair) => (pair === '' ? [] : [pair.split('=') as [string, string]])),
  )

export const readOptions = ({ crs, map }: ReadQuery, signal: AbortSignal): ReadOptions => ({
  ...(crs === undefined || crs === '' ? {} : { crs }),
  map: columnMap(map),
  signal,
})

/** @throws AppError `bad_input` with the flaws, when there are any */
export function refuseFlaws(flaws: readonly Flaw[]): void {
  if (flaws.length === 0) return
  throw new AppError(
    'bad_input',
    { zh: `文件中有 ${flaws.length} 处错误`, en: `the files have ${flaws.length} flaws` },
    flaws.slice(0, 200),
  )
}
