/** `wangge bench [NAME…]`: the benches of a checkout, as `npm run bench`. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Verb } from './verb.ts'

const checkout = fileURLToPath(new URL('../../', import.meta.url))
const script = join(checkout, 'test', 'bench', 'run.ts')

export const bench: Verb = {
  name: 'bench',
  usage: '[NAME…]',
  summary: {
    zh: '速度与内存，以同一次运行中的比值表示（仅限源码目录）',
    en: 'speed and memory, as ratios measured in one run (in a checkout only)',
  },
  options: {},
  async run(args, io) {
    if (!existsSync(script)) {
      io.err('基准测试只在源码目录中提供 · the benches are in a checkout only\n')
      return 2
    }
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args.positionals], {
      // Where tsx is found, wherever the call is made.
      cwd: checkout,
      stdio: 'inherit',
      signal: io.signal,
    })
    const code = await new Promise<number | null>((done, fail) => {
      child.on('error', fail)
      child.on('close', done)
    })
    return code === 0 || code === 2 ? code : 1
  },
}
