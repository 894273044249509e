/** Verbs of several actions, `wangge user add …`: the first word says which, each takes its own options. */
import type { Database } from '../db/database.ts'
import type { Viewer } from '../db/viewer.ts'
import { withDatabase } from './open-for-verb.ts'
import { type ExitCode, type OptionDescription, UsageError, type VerbArgs, type VerbIo } from './verb.ts'

/** What is done on the database, once the call is understood. */
export type Work = (db: Database, viewer: Viewer) => Promise<void>

export interface Action {
  readonly act: (args: VerbArgs, io: VerbIo) => Promise<Work> | Work
  readonly options: readonly string[]
}

/**
 * Runs the action that the first word names. All but `list` take one more word.
 * @param options of the verb: what an action does not take, it refuses
 * @throws UsageError for an unknown action, an option of another one, and for words too many
 */
export async function runAction(
  actions: Readonly<Record<string, Action>>,
  options: Readonly<Record<string, OptionDescription>>,
  args: VerbArgs,
  io: VerbIo,
): Promise<ExitCode> {
  const name = args.positionals[0] ?? ''
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (!action)
    throw new UsageError({
      zh: `应为 ${Object.keys(actions).join('、')} 之一`,
      en: `say one of ${Object.keys(actions).join(', ')}`,
    })
  const extra = args.positionals[name === 'list' ? 1 : 2]
  if (extra !== undefined)
    throw new UsageError({ zh: `多余的参数：${extra}`, en: `one word too many: ${extra}` })
  for (const option of Object.keys(options))
    if (!action.options.includes(option) && (args.text(option) !== undefined || args.flag(option)))
      throw new UsageError({ zh: `${name} 没有选项 --${option}`, en: `${name} takes no --${option}` })
  const work = await action.act(args, io)
  return withDatabase(io, async (db, viewer) => {
    await work(db, viewer)
    return 0
  })
}
