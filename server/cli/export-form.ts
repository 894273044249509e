/** `wangge export ledger|annex1…annex4 --area CODE [--date D] [--format xlsx|pdf|html] [--reveal] -o OUT`: forms of the documents. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  fillForm,
  type HouseholdFormName,
  householdFormNames,
} from '../commands/households/household-form.ts'
import { readConfig } from '../config.ts'
import { dayBounds, localDayOf } from '../core/trajectories/local-day.ts'
import { findArea } from '../db/areas.ts'
import { notFound } from '../errors.ts'
import type { HouseholdForm } from '../formats/household-forms/form.ts'
import { formPage, writeFormXlsx } from '../formats/household-forms/write-form.ts'
import { createPrinter } from '../routes/posters/printer.ts'
import { withDatabase } from './open-for-verb.ts'
import { outputFormat } from './output-format.ts'
import { type ExitCode, UsageError, type VerbArgs, type VerbIo } from './verb.ts'
import { writeOutput } from './write-output.ts'

const formats = ['xlsx', 'pdf', 'html'] as const
type Format = (typeof formats)[number]

export const isFormName = (name: string | undefined): name is HouseholdFormName =>
  householdFormNames.some((one) => one === name)

/** @throws UsageError */
export async function exportForm(form: HouseholdFormName, args: VerbArgs, io: VerbIo): Promise<ExitCode> {
  const code = required(args, 'area')
  const path = required(args, 'output')
  const wanted = { zh: '--format 应为 xlsx、pdf 或 html', en: '--format must be xlsx, pdf or html' }
  const format = outputFormat(args, formats, wanted)
  const day = dayOf(args) ?? localDayOf(io.now())
  return withDatabase(io, async (db, viewer) => {
    const scoped = db.as(viewer, { signal: io.signal })
    const area = await findArea(scoped, code)
    if (!area) throw notFound({ zh: `区域 ${code}`, en: `Area ${code}` })
    const filled = await fillForm(scoped, area, { form, day, reveal: args.flag('reveal'), now: io.now() })
    await writeOutput(path, await bytesOf(filled, format, io), io)
    return 0
  })
}

async function bytesOf(form: HouseholdForm, format: Format, io: VerbIo): Promise<Uint8Array | string> {
  if (format === 'xlsx') return writeFormXlsx(form)
  const html = formPage(form, [])
  if (format === 'html') return html
  const folder = await mkdtemp(join(tmpdir(), 'wangge-form-'))
  try {
    return await createPrinter({ folder, chromium: readConfig(io.env).chromium }).print(
      html,
      io.signal,
      false,
    )
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function required(args: VerbArgs, name: string): string {
  const given = args.text(name)
  if (given !== undefined) return given
  const option = name === 'output' ? '-o OUT' : `--${name}`
  throw new UsageError({ zh: `台账和附件需要 ${option}`, en: `a ledger or annex needs ${option}` })
}

function dayOf(args: VerbArgs): string | undefined {
  const day = args.text('date')
  if (day === undefined) return undefined
  try {
    dayBounds(day)
    return day
  } catch {
    throw new UsageError({
      zh: `--date 应为日期，如 2026-10-08：${day}`,
      en: `--date wants a day like 2026-10-08: ${day}`,
    })
  }
}
