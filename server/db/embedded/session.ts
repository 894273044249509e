/** One client's session on the embedded engine: a stream that looks to node-postgres like a socket to a server. */
import { Duplex } from 'node:stream'
import { callbackify } from 'node:util'
import {
  COPY_DONE,
  COPY_FAIL,
  COPY_IN,
  copyInResponse,
  EMPTY,
  FLUSH,
  MessageCutter,
  messagesOf,
  PARSE,
  QUERY,
  SYNC,
  sqlTextOf,
  TERMINATE,
  withOwnStatementNames,
} from './protocol.ts'

const copyFromStdin = /^\s*copy\s[^;]*\sfrom\s+stdin\b/i
const listening = /(?:^|;)\s*(un)?listen\s+("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*|\*)/giu

/** A channel's name as SQL. */
export const quotedChannel = (channel: string): string => `"${channel.replaceAll('"', '""')}"`

/** What a session is served by (multiplexer.ts). */
export interface Backend {
  /** What a session that starts is answered. */
  greeting(): Promise<Buffer>
  /** @throws SessionGone when the session is destroyed while it waits for its turn. */
  run(session: Session, batch: Buffer, onMessages: (messages: Buffer) => void): Promise<void>
  leave(session: Session): Promise<void>
}

/** What a session is told whose stream was destroyed while it waited for its turn. */
export class SessionGone extends Error {}

export class Session extends Duplex {
  /** Names the backend knows this session's prepared statements by. */
  readonly statements = new Set<string>()
  readonly channels = new Set<string>()
  readonly #backend: Backend
  readonly #prefix: string
  readonly #cutter = new MessageCutter()
  #startUp: Buffer | undefined = EMPTY
  #batch: Buffer[] = []
  /** Within COPY … FROM STDIN: the engine reads all data in one go, so the data waits here for its end. */
  #copying = false
  #unlistened: string[] = []

  constructor(backend: Backend, prefix: string) {
    super({ writableHighWaterMark: 1 << 20 })
    this.#backend = backend
    this.#prefix = prefix
  }

  // What node-postgres calls on a socket.
  connect(): this {
    queueMicrotask(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  /** Hands messages of the backend to the client. */
  deliver(messages: Buffer): void {
    if (!this.destroyed && !this.readableEnded) this.push(messages)
  }

  /** Channels given up in the batch that just ran. */
  takeUnlistened(): string[] {
    const channels = this.#unlistened
    this.#unlistened = []
    return channels
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    callbackify(() => this.#accept(chunk))(done)
  }

  override _destroy(reason: Error | null, done: (error?: Error | null) => void): void {
    callbackify(() => this.#backend.leave(this))((error) => done(reason ?? error))
  }

  async #accept(chunk: Buffer): Promise<void> {
    const rest = this.#startUp === undefined ? chunk : await this.#start(chunk)
    for (const message of messagesOf(this.#cutter.push(rest))) {
      if (this.#copying) await this.#acceptCopy(message)
      else if (message[0] === TERMINATE) this.push(null)
      else await this.#acceptMessage(message)
    }
  }

  /** Answers the start-up packet (the one message without a type byte); what follows it is given back. */
  async #start(chunk: Buffer): Promise<Buffer> {
    const all = Buffer.concat([this.#startUp ?? EMPTY, chunk])
    if (all.length < 4 || all.length < all.readInt32BE(0)) {
      this.#startUp = all
      return EMPTY
    }
    this.#startUp = undefined
    this.deliver(await this.#backend.greeting())
    return all.subarray(all.readInt32BE(0))
  }

  async #acceptMessage(message: Buffer): Promise<void> {
    const type = message[0]
    if (type === QUERY || type === PARSE) {
      const text = sqlTextOf(message)
      if (type === QUERY && copyFromStdin.test(text)) {
        this.#copying = true
        this.#batch.push(message)
        this.deliver(copyInResponse())
        return
      }
      this.#noteChannels(text)
    }
    this.#batch.push(withOwnStatementNames(message, this.#prefix, this.statements))
    if (type === SYNC || type === QUERY || type === FLUSH) await this.#run((m) => this.deliver(m))
  }

  async #acceptCopy(message: Buffer): Promise<void> {
    this.#batch.push(message)
    if (message[0] !== COPY_DONE && message[0] !== COPY_FAIL) return
    this.#copying = false
    await this.#run((messages) => {
      // The client was told to send before the engine was asked.
      for (const m of messagesOf(messages)) if (m[0] !== COPY_IN) this.deliver(m)
    })
  }

  async #run(onMessages: (messages: Buffer) => void): Promise<void> {
    const batch = this.#batch.length === 1 && this.#batch[0] ? this.#batch[0] : Buffer.concat(this.#batch)
    this.#batch = []
    try {
      await this.#backend.run(this, batch, onMessages)
    } catch (error) {
      if (!(error instanceof SessionGone)) throw error // nobody is left to be told
    }
  }

  #noteChannels(text: string): void {
    for (const [, un, name = ''] of text.matchAll(listening)) {
      const channel = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase()
      if (!un) this.channels.add(channel)
      else
        for (const known of [...this.channels])
          if (channel === '*' || known === channel) {
            this.channels.delete(known)
            this.#unlistened.push(known)
          }
    }
  }
}
