/**
 * OpenAPI documents, made from the same table the routes are made from: 3.1 for /api, 3.0 for /ogc (which the standard asks for).
 * A schema with `.meta({ id })` becomes a component; `.meta({ parameter })` says how a parameter looks before it is parsed.
 */
import { z } from 'zod'
import type { Message } from '../core/values.ts'
import { problemDetailsSchema } from './errors.ts'
import { sessionCookie } from './session.ts'

export interface BodyDescription {
  readonly type: string
  readonly required: boolean
  readonly schema: z.ZodType
}

export interface AnswerDescription {
  readonly status: number
  readonly description: string
  /** Absent: no body. */
  readonly type?: string
  /** Absent: bytes or text that is not JSON. */
  readonly schema?: z.ZodType
}

/** One operation as it is published. */
export interface Operation {
  readonly method: 'get' | 'post' | 'delete'
  /** `/api/areas/{code}/grids` */
  readonly path: string
  readonly tag: string
  readonly summary: Message
  /** Answers without a session or a token. */
  readonly isPublic?: boolean
  readonly params: z.ZodObject
  readonly query: z.ZodType
  /** Request headers: name → description. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: BodyDescription
  readonly answer: AnswerDescription
}

export interface DocumentInfo {
  readonly title: string
  readonly description: string
  readonly version: string
  /** Address the paths are relative to. */
  readonly server: string
  /** Cut off the front of each path, as part of `server`. */
  readonly prefix: string
}

type Version = '3.1.0' | '3.0.3'
type Json = Record<string, unknown>

/** The document of the operations given. */
export function openApiDocument(
  version: Version,
  info: DocumentInfo,
  operations: readonly Operation[],
): Json {
  const components: Json = {}
  const paths: Record<string, Json> = {}
  for (const one of operations) {
    const path = one.path.slice(info.prefix.length) || '/'
    paths[path] = { ...paths[path], [one.method]: operation(version, one, components) }
  }
  return {
    openapi: version,
    info: {
      title: info.title,
      description: info.description,
      version: info.version,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: info.server }],
    paths,
    // Where people sign in; a service on a loopback address without users asks for neither.
    security: [{ session: [] }, { token: [] }],
    components: {
      schemas: components,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

function operation(version: Version, one: Operation, components: Json): Json {
  const content = (type: string, schema: z.ZodType | undefined, io: 'input' | 'output'): Json => ({
    content: { [type]: schema ? { schema: jsonSchema(version, schema, io, components) } : {} },
  })
  return {
    operationId: operationId(one),
    tags: [one.tag],
    summary: `${one.summary.zh} · ${one.summary.en}`,
    ...(one.isPublic && { security: [] }),
    parameters: [
      ...parameters(version, one.params, 'path', components),
      ...parameters(version, one.query, 'query', components),
      ...Object.entries(one.headers ?? {}).map(([name, description]) => ({
        name,
        in: 'header',
        description,
        schema: { type: 'string' },
      })),
    ],
    ...(one.body && {
      requestBody: { required: one.body.required, ...content(one.body.type, one.body.schema, 'input') },
    }),
    responses: {
      [one.answer.status]: {
        description: one.answer.description,
        ...(one.answer.type && content(one.answer.type, one.answer.schema, 'output')),
      },
      default: {
        description: 'Refused or failed: problem details (RFC 9457)',
        ...content('application/problem+json', problemDetailsSchema, 'output'),
      },
    },
  }
}

/** `getApiAreasCodeGrids`: from the method and the path, unique because they are. */
const operationId = ({ method, path }: Operation): string =>
  method +
  path
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

function parameters(version: Version, schema: z.ZodType, place: 'path' | 'query', components: Json): Json[] {
  return Object.entries(shapeOf(schema)).map(([name, field]) => {
    const { description, parameter } = describe(field)
    const given = parameter ?? withoutDescription(jsonSchema(version, field, 'input', components))
    return {
      name,
      in: place,
      required: place === 'path' || !field.safeParse(undefined).success,
      ...(description !== undefined && { description }),
      schema: given,
      ...(given['type'] === 'array' && { style: 'form', explode: false }),
    }
  })
}

/** Fields of an object, also of one with checks on the whole. */
function shapeOf(schema: z.ZodType): Record<string, z.ZodType> {
  return schema instanceof z.ZodObject ? schema.shape : {}
}

/** Description and form of a parameter, which may stand on the schema within an `optional`. */
function describe(field: z.ZodType): { description: string | undefined; parameter: Json | undefined } {
  const own = field.meta() ?? {}
  const inner = field instanceof z.ZodOptional ? ((field.unwrap() as z.ZodType).meta() ?? {}) : {}
  const meta = { ...inner, ...own }
  return { description: meta.description, parameter: meta['parameter'] as Json | undefined }
}

const withoutDescription = (schema: Json): Json =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'description'))

/** The schema as JSON Schema of the dialect, its named parts moved to the components. */
function jsonSchema(version: Version, schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const made = z.toJSONSchema(schema, {
    target: version === '3.0.3' ? 'openapi-3.0' : 'draft-2020-12',
    io,
    unrepresentable: 'any',
    reused: 'inline',
  }) as Json
  const { $schema: _, $defs, definitions, ...root } = made
  for (const [name, part] of Object.entries(($defs ?? definitions ?? {}) as Json))
    components[name] = published(part)
  const id = root['id']
  if (typeof id !== 'string') return published(root) as Json
  components[id] = published(root)
  return { $ref: `#/components/schemas/${id}` }
}

/**
 * The schema as it is published: references to components; without `id` (ours, not JSON Schema's), the bounds of safe integers,
 * the pattern beside a format, and the ban on more properties (a later version adds some).
 */
function published(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(published)
  if (typeof part !== 'object' || part === null) return part
  const out: Json = {}
  for (const [key, value] of Object.entries(part)) {
    if (key === '$ref' && typeof value === 'string')
      out[key] = value.replace(/^#\/(\$defs|definitions)\//, '#/components/schemas/')
    else if (key === 'id' && typeof value === 'string') continue
    else if (key === 'pattern' && 'format' in part) continue
    else if (key === 'additionalProperties' && value === false) continue
    else if ((key === 'minimum' || key === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER)
      continue
    else out[key] = published(value)
  }
  return out
}
