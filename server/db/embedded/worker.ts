/**
 * The thread the embedded PostgreSQL runs in: one backend, answering one batch of protocol messages at a time.
 * A query blocks its thread; in the main one it would block the web server.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'

/** What the thread is started with. */
export interface WorkerInput {
  readonly dataFolder: string
  /** Path of the extension bundle (bundle.ts). */
  readonly bundle: string
  /** False: a power cut may lose or damage what was committed last (tests, throw-away databases). */
  readonly durable: boolean
}

export type ToWorker = { readonly run: ArrayBuffer } | { readonly close: true }
export type FromWorker =
  | { readonly greeting: Uint8Array }
  | { readonly output: ArrayBuffer }
  | { readonly done: true }
  | { readonly failed: string }

/** Output is handed over in pieces of about this many bytes, so that a large answer is never held twice. */
const PIECE_BYTES = 256 * 1024

const settings: Readonly<Record<string, string>> = {
  search_path: 'public',
  TimeZone: 'UTC',
  exit_on_error: 'false',
  log_checkpoints: 'false',
  io_method: 'sync',
  max_worker_processes: '0',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  shared_buffers: '128MB',
  work_mem: '64MB',
  maintenance_work_mem: '128MB',
  // One backend does its own checkpoints: a large import would otherwise stop for one every 16 segments of 1 MB.
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  // Emscripten's fdatasync, the default, does nothing; its fsync calls the one below.
  wal_sync_method: 'fsync',
}

/** A file that NODEFS holds open, or a folder, which it does not. */
interface SyncedStream {
  readonly nfd?: number
  readonly node: object
}

/** Errno of a failed write, as Emscripten numbers it. */
const EIO = 29

/** A new file outlives a power cut only when its folder's entry does. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

const input = workerData as WorkerInput
const port = parentPort
if (!port) throw new Error('the embedded engine runs in a worker thread')

const send = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer)

const postgis = {
  name: 'postgis',
  setup: (_engine: unknown, emscriptenOpts: { PGLITE_ENV: Record<string, string> }) => {
    emscriptenOpts.PGLITE_ENV['PROJ_DATA'] = '/pglite/share/proj'
    return Promise.resolve({ emscriptenOpts, bundlePath: pathToFileURL(input.bundle) })
  },
}

const engine = await PGlite.create({
  dataDir: input.dataFolder,
  extensions: { postgis, btree_gist },
  initDbStartParams: ['--wal-segsize=1'],
  startParams: [
    '--single',
    ...(input.durable ? [] : ['-F']),
    '-j',
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ],
})

// Emscripten's NODEFS has no fsync, so a commit would reach the operating system but not the disk.
if (input.durable) {
  const { FS } = engine.Module as unknown as {
    FS: {
      ErrnoError: new (errno: number) => Error
      filesystems: Record<
        'NODEFS',
        { stream_ops: { fsync?: (stream: SyncedStream) => number }; realPath(node: object): string }
      >
    }
  }
  const { NODEFS } = FS.filesystems
  NODEFS.stream_ops.fsync = (stream) => {
    try {
      if (stream.nfd !== undefined) fsyncSync(stream.nfd)
      else syncFolder(NODEFS.realPath(stream.node))
      return 0
    } catch {
      // Anything else that is thrown here would unwind PostgreSQL in the middle of a statement, unseen by it.
      throw new FS.ErrnoError(EIO)
    }
  }
}

let piece: Uint8Array<ArrayBuffer> = new Uint8Array(PIECE_BYTES)
let used = 0

function sendPiece(): void {
  if (used === 0) return
  const output = piece.slice(0, used).buffer
  used = 0
  send({ output }, [output])
}

function collect(bytes: Uint8Array): void {
  if (used + bytes.length > piece.length) sendPiece()
  if (bytes.length > piece.length) piece = new Uint8Array(bytes.length)
  piece.set(bytes, used)
  used += bytes.length
}

async function run(batch: Uint8Array): Promise<void> {
  try {
    await engine.execProtocolRawStream(batch, { onRawData: collect })
    sendPiece()
    send({ done: true })
  } catch (error) {
    send({ failed: error instanceof Error ? error.message : String(error) })
  }
}

port.on('message', (message: ToWorker) => {
  if ('close' in message) void engine.close().finally(() => process.exit(0))
  else void run(new Uint8Array(message.run))
})

/** The start-up packet's answer (parameters, key, ready) is the same for every session: asked once, given to each. */
const startUp = Buffer.from(
  '\0\0\0\0\0\x03\0\0user\0postgres\0database\0postgres\0client_encoding\0UTF8\0\0',
  'latin1',
)
startUp.writeInt32BE(startUp.length, 0)
const answer: Uint8Array[] = []
await engine.execProtocolRawStream(startUp, { onRawData: (bytes) => void answer.push(bytes.slice()) })
send({ greeting: Buffer.concat(answer) })
