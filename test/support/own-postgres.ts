/** A PostgreSQL of a test's own, that it may kill: a new cluster of the newest installed version with PostGIS, durable commits. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface OwnPostgres {
  readonly url: string
  /** SIGKILL to the postmaster; its children follow it. */
  kill(): Promise<void>
  /** Starts it again; it recovers what was committed. */
  start(): void
  remove(): void
}

/** Where the programs of the newest server with PostGIS are; undefined: none is installed. */
export function postgresBin(): string | undefined {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  const version = versions.find(
    (one) =>
      existsSync(`/usr/share/postgresql/${one}/extension/postgis.control`) &&
      existsSync(`${root}/${one}/bin/initdb`),
  )
  return version === undefined ? undefined : `${root}/${version}/bin`
}

/** @param bin of `postgresBin` */
export async function ownPostgres(bin: string): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'wangge-own-postgres-'))
  const data = join(folder, 'data')
  const port = await freePort()
  // The server refuses to run as root.
  const isRoot = process.getuid?.() === 0
  if (isRoot) execFileSync('chown', ['postgres', folder])
  else chmodSync(folder, 0o700)
  const run = (program: string, ...args: string[]): void => {
    const [command, ...rest] = isRoot
      ? ['runuser', '-u', 'postgres', '--', join(bin, program), ...args]
      : [join(bin, program), ...args]
    execFileSync(command, rest, { stdio: 'ignore', cwd: folder })
  }
  run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync')
  // The operating system goes on, so what was handed to it is safe without fsync; a commit must have been handed to it.
  const settings = `-p ${port} -k ${folder} -h 127.0.0.1 -c fsync=off -c synchronous_commit=on -c full_page_writes=off`
  const start = (): void =>
    run('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-w', '-o', settings, 'start')
  start()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async kill() {
      const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
      const children = childrenOf(pid)
      for (const one of [pid, ...children]) tryKill(one)
      while ([pid, ...children].some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20))
      // Where nobody reaps it, the postmaster stays a zombie, and its lock files would look held.
      for (const file of [join(data, 'postmaster.pid'), join(folder, `.s.PGSQL.${port}.lock`)])
        rmSync(file, { force: true })
    },
    start,
    remove() {
      try {
        run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop')
      } catch {
        // it was killed
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return new RegExp(`^PPid:\\s+${parent}$`, 'm').test(readFileSync(`/proc/${pid}/status`, 'utf8'))
      } catch {
        return false // it has ended
      }
    })

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has ended
  }
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
