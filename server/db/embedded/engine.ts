/** The embedded PostgreSQL as the main thread sees it: started, fed batches of protocol messages, stopped, started again. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerInput } from './worker.ts'

/** The engine was stopped or broke down: nothing of what was not committed has happened; the same call may be made again. */
export class EngineLost extends Error {
  /** SQLSTATE crash_shutdown, as a server's clients would be told. */
  readonly code = '57P02'
}

interface Running {
  readonly worker: Worker
  readonly greeting: Buffer
}

interface Call {
  readonly onOutput: (output: Buffer) => void
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

export class Engine {
  readonly #input: WorkerInput
  readonly #onLost: (error: EngineLost) => void
  #running: Promise<Running>
  /** The thread that counts; messages of one that was given up are ignored. */
  #worker: Worker | undefined
  #call: Call | undefined
  #closed = false

  /** @param onLost told each time a started engine is lost; by then it is being started again. */
  constructor(input: WorkerInput, onLost: (error: EngineLost) => void) {
    this.#input = input
    this.#onLost = onLost
    this.#running = this.#start()
  }

  /**
   * Resolves when the engine answers, with what it says to a session that starts.
   * @throws EngineLost when it cannot be started; the next call tries again.
   */
  async greeting(): Promise<Buffer> {
    try {
      return (await this.#running).greeting
    } catch (error) {
      if (!this.#closed) this.#running = this.#start()
      throw error
    }
  }

  /**
   * Runs one batch; its output arrives in pieces that do not end where messages end. One at a time: the caller waits.
   * @throws EngineLost when the engine is lost before the batch is answered.
   */
  async run(batch: Buffer, onOutput: (output: Buffer) => void): Promise<void> {
    const { worker } = await this.#running
    if (this.#call) throw new Error('the engine already runs a batch')
    await new Promise<void>((resolve, reject) => {
      this.#call = { onOutput, resolve, reject }
      const own = new Uint8Array(batch).buffer
      worker.postMessage({ run: own } satisfies ToWorker, [own])
    })
  }

  /** Stops the engine in the middle of whatever it does and starts it again; what was not committed is gone. */
  restart(reason: string): void {
    const worker = this.#worker
    if (this.#closed || !worker) return // closing, or already starting
    this.#worker = undefined
    this.#running = worker.terminate().then(() => this.#start())
    this.#running.catch(() => {}) // told to whoever asks next
    const lost = new EngineLost(reason)
    this.#call?.reject(lost)
    this.#call = undefined
    this.#onLost(lost)
  }

  /** Writes a checkpoint and stops. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    const running = await this.#running.catch(() => undefined)
    if (!running) return
    const stopped = once(running.worker, 'exit')
    running.worker.postMessage({ close: true } satisfies ToWorker)
    await stopped
  }

  #start(): Promise<Running> {
    const worker = new Worker(new URL('./worker-start.mjs', import.meta.url), {
      workerData: this.#input,
      execArgv: [],
    })
    const running = new Promise<Running>((resolve, reject) => {
      const lost = (reason: string): void => {
        reject(new EngineLost(reason))
        if (worker === this.#worker) this.restart(reason)
      }
      worker.on('message', (message: FromWorker) => {
        if ('greeting' in message) {
          this.#worker = worker
          resolve({ worker, greeting: Buffer.from(message.greeting) })
        } else if ('failed' in message) lost(message.failed)
        else if (worker === this.#worker) this.#answer(message)
      })
      worker.on('error', (error) => lost(error.message))
      worker.on('exit', (code) => lost(`the engine's thread ended with code ${code}`))
    })
    running.catch(() => {}) // told to whoever asks for it
    return running
  }

  #answer(message: { readonly output: ArrayBuffer } | { readonly done: true }): void {
    const call = this.#call
    if ('output' in message) return call?.onOutput(Buffer.from(message.output))
    this.#call = undefined
    call?.resolve()
  }
}
