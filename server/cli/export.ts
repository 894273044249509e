/** `wangge export KIND [--area CODE] [--date D] -o OUT`: what the database holds, streamed by pages. */
import { householdFormNames } from '../commands/households/household-form.ts'
import { maskHousehold } from '../core/policy/mask.ts'
import { dayBounds } from '../core/trajectories/local-day.ts'
import { findArea } from '../db/areas.ts'
import type { Database } from '../db/database.ts'
import { type FeatureRecord, listFeatures } from '../db/features.ts'
import { type GroundNoun, groundNouns, listGround } from '../db/ground-pages.ts'
import type { Scoped } from '../db/scoped.ts'
import type { Viewer } from '../db/viewer.ts'
import { notFound } from '../errors.ts'
import { type OutputFeature, writeCsv, writeGeoJson, writeGeoJsonLines } from '../formats/write-features.ts'
import { exportForm, isFormName } from './export-form.ts'
import { withDatabase } from './open-for-verb.ts'
import { outputFormat } from './output-format.ts'
import { UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'
import { writeOutput } from './write-output.ts'

type Noun = 'areas' | 'grids' | 'households' | 'places' | 'incidents' | GroundNoun
const nouns: readonly Noun[] = ['areas', 'grids', ...groundNouns, 'households', 'places', 'incidents']
const isGround = (noun: Noun): noun is GroundNoun => groundNouns.some((one) => one === noun)
const writers = { geojson: writeGeoJson, ndjson: writeGeoJsonLines, csv: writeCsv } as const
const wanted = { zh: '--format 应为 geojson、ndjson 或 csv', en: '--format must be geojson, ndjson or csv' }
const pageSize = 5000

export const exportVerb: Verb = {
  name: 'export',
  usage: 'KIND [--area CODE] [--date D] [--format geojson|ndjson|csv|xlsx|pdf|html] [--reveal] [-o OUT]',
  summary: {
    zh: `导出数据，姓名地址已脱敏；KIND：${nouns.join(' ')}，或台账与附件 ${householdFormNames.join(' ')}`,
    en: `exports data, names and addresses masked; KIND: ${nouns.join(' ')}, or the forms ${householdFormNames.join(' ')}`,
  },
  options: {
    area: {
      type: 'string',
      value: 'CODE',
      help: { zh: '县、乡镇或村的编码', en: 'code of a county, township or village' },
    },
    date: {
      type: 'string',
      value: 'YYYY-MM-DD',
      help: {
        zh: '按这一天有效的网格（缺省为今天）；事件只取当天',
        en: 'grids in force that day (today when absent); incidents of that day',
      },
    },
    format: {
      type: 'string',
      value: 'FORMAT',
      help: {
        zh: '缺省按输出文件的扩展名：geojson（默认）、ndjson、csv；台账与附件：xlsx（默认）、pdf、html',
        en: 'when absent by the ending of OUT: geojson (default), ndjson, csv; of forms xlsx (default), pdf, html',
      },
    },
    reveal: {
      type: 'boolean',
      help: {
        zh: '台账与附件：姓名、电话不脱敏，记入查阅日志',
        en: 'forms: names and phones in the clear; the access is noted',
      },
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'OUT',
      help: { zh: '输出文件，缺省为标准输出', en: 'output file; standard output when absent' },
    },
  },
  async run(args, io) {
    const [form] = args.positionals
    if (isFormName(form)) return exportForm(form, args, io)
    const noun = nounOf(args)
    const format = outputFormat(args, ['geojson', 'ndjson', 'csv'], wanted)
    const interval = intervalOf(args, noun, io.now())
    return withDatabase(io, async (db, viewer) => {
      const within = await narrowed(db, viewer, args.text('area'), io)
      const features = pages(db.as(within, { signal: io.signal }), noun, interval)
      const path = args.text('output')
      const texts = writers[format](features)
      if (path !== undefined) await writeOutput(path, texts, io)
      else for await (const text of texts) io.out(text)
      return 0
    })
  },
}

/** The viewer, confined to an area: a county, a township or a village. @throws AppError `not_found` */
async function narrowed(
  db: Database,
  viewer: Viewer,
  code: string | undefined,
  { signal }: VerbIo,
): Promise<Viewer> {
  if (code === undefined) return viewer
  const area = await findArea(db.as(viewer, { signal }), code)
  if (!area) throw notFound({ zh: `区域 ${code}`, en: `Area ${code}` })
  const { areas } = viewer
  // Of an area above their own somebody sees no more than their own.
  const isBelow = areas === 'all' || [code, ...area.lineage].some((one) => areas.includes(one))
  return isBelow ? { ...viewer, areas: [code] } : viewer
}

async function* pages(
  db: Scoped,
  noun: Noun,
  interval: { readonly from: number | null; readonly to: number | null },
): AsyncGenerator<OutputFeature> {
  const everything = { boxes: null, filters: {}, condition: null, key: null, limit: pageSize, ...interval }
  for (let after: readonly string[] | null = null; ; ) {
    const features: readonly FeatureRecord[] = isGround(noun)
      ? await listGround(db, noun, after, pageSize)
      : (await listFeatures(db, noun, { ...everything, after })).features
    const last: FeatureRecord | undefined = features.at(-1)
    if (!last) return
    for (const { key, geometry, properties } of features)
      yield {
        id: key.join('.'),
        geometry,
        properties: noun === 'households' ? maskHousehold(properties) : properties,
      }
    after = last.key
  }
}

function nounOf(args: VerbArgs): Noun {
  const noun = nouns.find((one) => one === args.positionals[0])
  if (noun) return noun
  throw new UsageError({ zh: `KIND 应为：${nouns.join(' ')}`, en: `KIND must be one of: ${nouns.join(' ')}` })
}

/** The moment whose grids count; for incidents the day itself, or all of them. */
function intervalOf(args: VerbArgs, noun: Noun, now: number): { from: number | null; to: number | null } {
  const day = args.text('date')
  if (day === undefined) return noun === 'incidents' ? { from: null, to: null } : { from: now, to: now }
  try {
    const { from, to } = dayBounds(day)
    return noun === 'incidents' ? { from, to: to - 1 } : { from, to: from }
  } catch {
    throw new UsageError({
      zh: `--date 应为日期，如 2026-10-08：${day}`,
      en: `--date wants a day like 2026-10-08: ${day}`,
    })
  }
}
