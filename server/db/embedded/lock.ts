/**
 * One process at a time on the embedded engine's folder: a second one would open it, write, and lose what it wrote.
 * The lock names its owner by process id and start time, so that neither a crash nor a reused id holds it.
 */
import { execFileSync } from 'node:child_process'
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Message } from '../../core/values.ts'

interface Owner {
  readonly pid: number
  /** When that process started, in whatever form the system tells it; empty where it does not. */
  readonly started: string
  readonly host: string
}

/** The folder is in use; `detail` says by whom and what to do. */
export class FolderLocked extends Error {
  readonly detail: Message
  constructor(path: string, owner: Owner) {
    const elsewhere = owner.host !== hostname()
    const detail = {
      zh: elsewhere
        ? `数据文件夹正被主机 ${owner.host} 上的进程 ${owner.pid} 使用；若该主机已停用，请删除 ${path}`
        : `数据文件夹正被进程 ${owner.pid} 使用，请先停止它（锁文件 ${path}）`,
      en: elsewhere
        ? `the data folder is used by process ${owner.pid} on host ${owner.host}; if that host is gone, delete ${path}`
        : `the data folder is used by process ${owner.pid}; stop it first (lock file ${path})`,
    }
    super(detail.en)
    this.name = 'FolderLocked'
    this.detail = detail
  }
}

export interface FolderLock {
  release(): void
}

/**
 * Takes the lock file, over from an owner that no longer runs if need be.
 * @throws FolderLocked while its owner lives.
 */
export async function lockFolder(path: string): Promise<FolderLock> {
  const own = JSON.stringify({ pid: process.pid, started: startTimeOf(process.pid), host: hostname() })
  const beside = `${path}.${process.pid}`
  writeFileSync(beside, own)
  try {
    for (;;) {
      if (created(beside, path)) break
      const owner = read(path)
      if (owner === undefined) continue // released meanwhile
      if (isAlive(owner)) throw new FolderLocked(path, owner)
      // Of two that replace a dead owner's file at once, the later wins; a moment shows who that is.
      renameSync(beside, path)
      await sleep(100)
      if (readText(path) === own) break
      writeFileSync(beside, own)
    }
  } finally {
    remove(beside)
  }
  return {
    release: () => {
      if (readText(path) === own) remove(path)
    },
  }
}

/** A link appears at once and whole, and only where no file is. */
function created(from: string, path: string): boolean {
  try {
    linkSync(from, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function read(path: string): Owner | undefined {
  const text = readText(path)
  if (text === undefined) return undefined
  try {
    const { pid, started, host } = JSON.parse(text) as Partial<Owner>
    if (typeof pid === 'number' && typeof started === 'string' && typeof host === 'string')
      return { pid, started, host }
  } catch {
    // cut short by a power cut
  }
  return { pid: 0, started: '', host: hostname() } // nobody's
}

function remove(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname()) return true // cannot be known from here
  if (owner.pid <= 0) return false
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const started = startTimeOf(owner.pid)
  return started === '' || owner.started === '' || started === owner.started
}

/** On Linux the boot's id and the clock ticks since boot (proc(5), field 22 of stat), elsewhere what `ps` prints. */
export function startTimeOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // The command's name, in brackets, may hold spaces and brackets: fields are counted from the last one.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    return `${boot} ${ticks}`
  } catch {
    try {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    } catch {
      return ''
    }
  }
}
