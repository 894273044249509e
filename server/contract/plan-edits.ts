/** Edits of a plan's drawing as they cross the wire: the records of core/planning/drawing/edit.ts. */
import { z } from 'zod'
import type { Edit } from '../core/planning/drawing/edit.ts'
import { codeSchema, instantSchema } from './values.ts'

const lngLat = z
  .tuple([z.number(), z.number()])
  .readonly()
  .meta({ description: 'Longitude, latitude in degrees, WGS 84' })
const path = z.array(lngLat).max(10_000).readonly()
const nameSchema = z.string().max(200).nullable()
const number = z.int().min(0)
const vertex = z.object({ arc: number, vertex: number })
const atoms = z.array(z.string().min(1).max(100)).max(100_000).readonly()

export const planGridSchema = z
  .object({
    code: codeSchema,
    name: nameSchema,
    kind: z.enum(['ordinary', 'dedicated', 'microgrid']),
    village: codeSchema,
    parent: codeSchema.nullable(),
    locked: z.boolean(),
  })
  .meta({ id: 'PlanGrid' })

export const editSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('assign'),
      atoms,
      grid: codeSchema.nullable(),
      layer: z.enum(['grid', 'microgrid']).exactOptional(),
    }),
    z.strictObject({ type: z.literal('move-vertex'), vertex, to: lngLat }),
    z.strictObject({ type: z.literal('insert-vertex'), arc: number, after: number, at: lngLat }),
    z.strictObject({ type: z.literal('delete-vertex'), vertex }),
    z.strictObject({
      type: z.literal('reshape'),
      arc: number,
      from: number,
      to: number,
      path,
      street: z.object({ name: nameSchema, rank: number.nullable() }).exactOptional(),
    }),
    z.strictObject({
      type: z.literal('split-grid'),
      grid: codeSchema,
      line: path,
      code: codeSchema,
      name: nameSchema,
      side: z.enum(['left', 'right']),
    }),
    z.strictObject({ type: z.literal('split-atom'), atom: z.string().min(1).max(100), line: path }),
    z.strictObject({
      type: z.literal('merge-grids'),
      into: codeSchema,
      grids: z.array(codeSchema).max(1000).readonly(),
    }),
    z.strictObject({ type: z.literal('add-grid'), grid: planGridSchema }),
    z.strictObject({ type: z.literal('remove-grid'), grid: codeSchema }),
    z.strictObject({
      type: z.literal('draw-site'),
      site: z.string().min(1).max(100),
      ring: path,
      code: codeSchema,
      name: nameSchema,
    }),
    z.strictObject({ type: z.literal('lock'), grid: codeSchema, locked: z.boolean() }),
    z.strictObject({ type: z.literal('rename'), grid: codeSchema, name: nameSchema }),
    z.strictObject({ type: z.literal('set-code'), grid: codeSchema, code: codeSchema }),
  ])
  .meta({ id: 'PlanEdit' }) satisfies z.ZodType<Edit>

export const operationSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('edit'), edit: editSchema }),
  z.strictObject({ op: z.literal('undo') }),
  z.strictObject({ op: z.literal('redo') }),
])

export const saveSchema = z.strictObject({
  revision: z.int().min(1).meta({ description: 'The revision the operations were made on' }),
  batch: z
    .string()
    .min(8)
    .max(100)
    .meta({ description: 'A name of your own for this save: sent again under it, it is not done again' }),
  operations: z.array(operationSchema).min(1).max(1000),
})

export const savedSchema = z.object({
  revision: z.int(),
  repeated: z.boolean().meta({ description: 'It had been taken before under this name' }),
})

export const editsSchema = z.object({
  edits: z.array(
    z.object({
      revision: z.int(),
      seq: z.int(),
      op: z.enum(['edit', 'undo', 'redo']),
      edit: editSchema.meta({ description: 'Of an undo or redo: the edit taken back or made again' }),
      inverse: z
        .looseObject({ type: z.literal('patch') })
        .meta({ description: 'Takes it back, to the byte' }),
      grids: z.array(z.string()).meta({ description: 'Grids it touched' }),
      author: z.string(),
      made_at: instantSchema,
    }),
  ),
  next: z.string().nullable().meta({ description: 'Where the next page starts; null at the end' }),
})
