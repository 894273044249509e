/** The `wangge` command: finds the verb, parses its arguments, runs it, exits as the contract says (0, 1, 2). */
import { runInThread, threadSide, tidyFiles } from './cli/in-thread.ts'
import { type OutputFile, parseVerbArgs, UsageError, type Verb, type VerbIo } from './cli/verb.ts'
import { fileErrorMessage } from './file-error.ts'

/** Loaded when called, so that a small verb does not pay for a large one's imports. */
const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  check: async () => (await import('./cli/check.ts')).check,
  fix: async () => (await import('./cli/fix.ts')).fix,
  propose: async () => (await import('./cli/propose.ts')).propose,
  match: async () => (await import('./cli/match.ts')).match,
  hotspots: async () => (await import('./cli/hotspots.ts')).hotspots,
  import: async () => (await import('./cli/import.ts')).importVerb,
  export: async () => (await import('./cli/export.ts')).exportVerb,
  rematch: async () => (await import('./cli/rematch.ts')).rematch,
  maintain: async () => (await import('./cli/maintain.ts')).maintain,
  assess: async () => (await import('./cli/assess.ts')).assess,
  demo: async () => (await import('./cli/demo.ts')).demo,
  policy: async () => (await import('./cli/policy.ts')).policy,
  user: async () => (await import('./cli/user.ts')).user,
  device: async () => (await import('./cli/device.ts')).device,
  backup: async () => (await import('./cli/backup.ts')).backup,
  restore: async () => (await import('./cli/backup.ts')).restore,
  bench: async () => (await import('./cli/bench.ts')).bench,
  serve: async () => (await import('./cli/serve.ts')).serve,
  migrate: async () => (await import('./cli/migrate.ts')).migrate,
}

function usageOf(verb: Verb): string {
  const rows = Object.entries(verb.options).map(([name, o]) => {
    const left = `  --${name}${o.type === 'string' ? ` ${o.value ?? 'VALUE'}` : ''}`
    return `${left.padEnd(26)} ${o.help.zh} · ${o.help.en}`
  })
  return [`wangge ${verb.name} ${verb.usage}`, `  ${verb.summary.zh}`, `  ${verb.summary.en}`, ...rows].join(
    '\n',
  )
}

async function overview(): Promise<string> {
  const lines = ['wangge VERB [ARGUMENTS]   (wangge VERB --help)', '']
  for (const load of Object.values(verbs)) {
    const verb = await load()
    lines.push(`  ${verb.name.padEnd(10)} ${verb.summary.zh} · ${verb.summary.en}`)
  }
  return lines.join('\n')
}

async function main(argv: readonly string[], io: VerbIo): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(`${await overview()}\n`)
    return name === undefined ? 2 : 0
  }
  const load = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (!load) {
    io.err(`wangge: 没有这个命令 · no such verb: ${name}\n${await overview()}\n`)
    return 2
  }
  const verb = await load()
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(`${usageOf(verb)}\n`)
    return 0
  }
  try {
    return await verb.run(parseVerbArgs(verb, rest), io)
  } catch (error) {
    const ofFile = fileErrorMessage(error)
    if (ofFile) io.err(`wangge ${name}: ${ofFile.zh} · ${ofFile.en}\n`)
    else if (error instanceof UsageError)
      io.err(`wangge ${name}: ${error.detail.zh} · ${error.detail.en}\n\n${usageOf(verb)}\n`)
    else throw error
    return 2
  }
}

// `wangge … | head`: whoever reads has enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

/** What a shell calls the end by a signal. */
const codeOfSignal = { SIGINT: 130, SIGTERM: 143 } as const

/** Verbs that compute without a pause, and would hear no signal meanwhile. */
const computing: readonly (string | undefined)[] = ['check', 'fix', 'propose', 'match', 'hotspots']

const shared = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  // Opened only by the verb that reads it: an open input would keep the others from ending.
  get input() {
    return process.stdin
  },
  now: () => Date.now(),
}

async function listenAndRun(argv: readonly string[]): Promise<void> {
  const interrupted = new AbortController()
  const files: OutputFile[] = []
  let signalled: number | undefined
  const onSignal = (name: keyof typeof codeOfSignal): void => {
    // Whoever asks twice does not want to wait.
    if (signalled !== undefined) end()
    signalled = codeOfSignal[name]
    interrupted.abort()
  }
  const end = (): void => {
    shared.err(`${tidyFiles(files)}\n`)
    process.exit(signalled)
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  const env = { ...process.env }
  const errIsTerminal = process.stderr.isTTY
  const onFile = (file: OutputFile): void => void files.push(file)
  const { signal } = interrupted
  try {
    const code = computing.includes(argv[0])
      ? await runInThread({ argv, env, errIsTerminal }, signal, onFile)
      : await main(
          argv,
          Object.assign(Object.create(shared), { env, errIsTerminal, signal, onFile }) as VerbIo,
        )
    // What was told in time that it must stop says so itself, by 2; what was done before that is done.
    if (signalled === undefined || (code !== null && code !== 2)) process.exitCode = code ?? 1
    else if (code === null) end()
    else process.exitCode = signalled
  } catch (error) {
    if (signalled === undefined) throw error
    end()
  }
}

const thread = threadSide()
if (thread) {
  const { start, signal, tell } = thread
  const { argv, env, errIsTerminal } = start
  tell({
    code: await main(
      argv,
      Object.assign(Object.create(shared), { env, errIsTerminal, signal, onFile: tell }) as VerbIo,
    ),
  })
} else await listenAndRun(process.argv.slice(2))
