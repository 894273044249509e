/** `wangge backup -o FILE` · `wangge restore FILE`: the embedded engine's database as one file. PostgreSQL has its own tools. */
import { ConfigError, readConfig } from '../config.ts'
import { backUp, restore as restoreInto } from '../db/embedded/archive.ts'
import { FolderLocked } from '../db/embedded/lock.ts'
import { AppError } from '../errors.ts'
import { type ExitCode, UsageError, type Verb, type VerbIo } from './verb.ts'

export const backup: Verb = {
  name: 'backup',
  usage: '-o FILE',
  summary: {
    zh: '把内嵌数据库备份为一个文件（先停止服务）',
    en: "copies the embedded engine's database into one file (stop the service first)",
  },
  options: {
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      help: { zh: '备份文件 .tar.gz', en: 'the backup, .tar.gz' },
    },
  },
  async run(args, io) {
    const file = args.text('output')
    if (!file) throw new UsageError({ zh: '缺少 -o 文件', en: '-o FILE is missing' })
    return onFolder(io, async (folder) => {
      await backUp(folder, file, io.now())
      io.out(`${file}\n`)
    })
  },
}

export const restore: Verb = {
  name: 'restore',
  usage: 'FILE',
  summary: {
    zh: '从备份文件恢复内嵌数据库（不覆盖已有数据库）',
    en: "puts a backup back as the embedded engine's database (never over one that is there)",
  },
  options: {},
  async run(args, io) {
    const [file, ...rest] = args.positionals
    if (file === undefined || rest.length > 0)
      throw new UsageError({ zh: '请给出一个备份文件', en: 'give one backup file' })
    return onFolder(io, async (folder) => {
      await restoreInto(folder, file)
      io.out(`${folder}\n`)
    })
  },
}

async function onFolder(io: VerbIo, work: (folder: string) => Promise<void>): Promise<ExitCode> {
  try {
    const { databaseUrl, dataFolder } = readConfig(io.env)
    if (databaseUrl)
      throw new AppError('unsupported', {
        zh: '使用 DATABASE_URL 时请用 pg_dump 与 pg_restore',
        en: 'with DATABASE_URL use pg_dump and pg_restore',
      })
    await work(dataFolder)
    return 0
  } catch (error) {
    if (error instanceof ConfigError) for (const { zh, en } of error.problems) io.err(`${zh} · ${en}\n`)
    else if (error instanceof AppError || error instanceof FolderLocked)
      io.err(`${error.detail.zh} · ${error.detail.en}\n`)
    else throw error
    return 2
  }
}
