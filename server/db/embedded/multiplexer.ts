/**
 * Many sessions over the one backend of the embedded engine. A session holds the backend from the first message of a
 * batch until the backend is outside any transaction again, so that batches and transactions of two sessions never mix:
 * an adapter that takes turns message by message hands one session the rows of another.
 */
import { Engine, EngineLost } from './engine.ts'
import {
  channelOf,
  closeStatements,
  MessageCutter,
  messageLength,
  NOTIFICATION,
  QUERY,
  READY,
  SYNC,
  saysIdle,
  simpleQuery,
} from './protocol.ts'
import { type Backend, quotedChannel, Session, SessionGone } from './session.ts'
import type { WorkerInput } from './worker.ts'

interface Waiter {
  readonly session: Session
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** Whole messages out of the engine, as they come. */
type OnMessages = (messages: Buffer) => void

export interface MultiplexerOptions {
  /**
   * How long a batch may go on after its session was destroyed. Then the engine is stopped and started again:
   * it has no other way to interrupt a query.
   */
  readonly graceMilliseconds: number
  readonly onLost: (error: EngineLost) => void
}

export class Multiplexer implements Backend {
  readonly #engine: Engine
  readonly #graceMilliseconds: number
  readonly #sessions = new Set<Session>()
  #waiters: Waiter[] = []
  /** Who holds the backend, and whether the backend is busy for it right now. */
  #owner: Session | undefined
  #busy = false
  #abandoned: NodeJS.Timeout | undefined
  #count = 0

  constructor(input: WorkerInput, { graceMilliseconds, onLost }: MultiplexerOptions) {
    this.#graceMilliseconds = graceMilliseconds
    this.#engine = new Engine(input, (error) => {
      this.#owner = undefined
      this.#busy = false
      for (const session of this.#sessions) session.destroy(error)
      onLost(error)
    })
  }

  /** A new session: the stream node-postgres speaks through. */
  stream(): Session {
    const session = new Session(this, `s${++this.#count}_`)
    this.#sessions.add(session)
    return session
  }

  /** What a session that starts is answered. @throws EngineLost when the engine cannot be started. */
  greeting(): Promise<Buffer> {
    return this.#engine.greeting()
  }

  /**
   * Runs a batch when it is the session's turn.
   * @throws SessionGone when the session is destroyed while it waits · EngineLost.
   */
  async run(session: Session, batch: Buffer, onMessages: OnMessages): Promise<void> {
    await this.#acquire(session)
    let idle = await this.#exchange(batch, onMessages)
    clearTimeout(this.#abandoned)
    for (const channel of session.takeUnlistened()) {
      if (idle && this.#isHeard(channel)) await this.#command(`listen ${quotedChannel(channel)}`)
    }
    if (!this.#sessions.has(session)) {
      if (!idle) idle = await this.#command('rollback')
      await this.#forget(session)
    }
    if (idle) this.#release(session)
  }

  /** The session's stream was closed: its transaction is rolled back, its statements and channels are forgotten. */
  async leave(session: Session): Promise<void> {
    if (!this.#sessions.delete(session)) return
    const gone = this.#waiters.filter((w) => w.session === session)
    this.#waiters = this.#waiters.filter((w) => w.session !== session)
    for (const waiter of gone) waiter.reject(new SessionGone('the session was closed while it waited'))
    if (this.#owner === session && this.#busy) {
      this.#abandoned = setTimeout(
        () => this.#engine.restart('the client of a running query has gone'),
        this.#graceMilliseconds,
      )
      return // run() does the rest
    }
    try {
      const inTransaction = this.#owner === session
      await this.#acquire(session)
      if (inTransaction) await this.#command('rollback')
      await this.#forget(session)
      this.#release(session)
    } catch (error) {
      if (!(error instanceof EngineLost)) throw error // a lost engine has forgotten everything
    }
  }

  async close(): Promise<void> {
    await this.#engine.close()
  }

  #acquire(session: Session): Promise<void> {
    if (this.#owner === session) return Promise.resolve()
    if (!this.#owner) {
      this.#owner = session
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => void this.#waiters.push({ session, resolve, reject }))
  }

  #release(session: Session): void {
    if (this.#owner !== session) return // the engine was lost meanwhile
    const next = this.#waiters.shift()
    this.#owner = next?.session
    next?.resolve()
  }

  async #forget(session: Session): Promise<void> {
    if (session.statements.size > 0) await this.#exchange(closeStatements(session.statements), () => {})
    for (const channel of session.channels) {
      if (!this.#isHeard(channel)) await this.#command(`unlisten ${quotedChannel(channel)}`)
    }
  }

  #isHeard(channel: string): boolean {
    return [...this.#sessions].some((session) => session.channels.has(channel))
  }

  #command(text: string): Promise<boolean> {
    return this.#exchange(simpleQuery(text), () => {})
  }

  /** One batch to the engine and its answer back; true when no transaction is open afterwards. */
  async #exchange(batch: Buffer, onMessages: OnMessages): Promise<boolean> {
    const cutter = new MessageCutter()
    let idle: boolean | undefined
    this.#busy = true
    await this.#engine.run(batch, (output) => {
      const whole = cutter.push(output)
      let from = 0
      for (let at = 0; at < whole.length; ) {
        const end = at + messageLength(whole, at)
        const message = whole.subarray(at, end)
        if (message[0] === READY) idle = saysIdle(message)
        if (message[0] === NOTIFICATION) {
          if (at > from) onMessages(whole.subarray(from, at))
          this.#notify(message)
          from = end
        }
        at = end
      }
      if (whole.length > from) onMessages(from === 0 ? whole : whole.subarray(from))
    })
    this.#busy = false
    if (idle === undefined && endsBatch(batch)) {
      this.#engine.restart('the engine gave no end to its answer')
      throw new EngineLost('the engine gave no end to its answer')
    }
    return idle ?? false
  }

  #notify(notification: Buffer): void {
    const channel = channelOf(notification)
    for (const session of this.#sessions) if (session.channels.has(channel)) session.deliver(notification)
  }
}

/** True unless the batch ends with Flush, which asks for output only. */
function endsBatch(batch: Buffer): boolean {
  let type: number | undefined
  for (let at = 0; at < batch.length; at += messageLength(batch, at)) type = batch[at]
  return type === SYNC || type === QUERY
}
