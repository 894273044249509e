/** Terminals of JT/T 808 over TCP: one connection a terminal, or a gateway that speaks for several. */

import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import type { Logger } from 'pino'
import { FrameReader, writeFrame } from '../../formats/positions/jt808/frames.ts'
import { readMessage } from '../../formats/positions/jt808/messages.ts'
import { createSession, type TerminalServices } from './session.ts'

export interface TerminalServerOptions extends TerminalServices {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly log: Logger
}

export interface TerminalServer {
  readonly port: number
  /** Takes no more messages; the ones under way are answered. */
  close(): Promise<void>
}

/** Terminals send a heartbeat every few minutes; a line that is silent for longer is dead. */
const silentMilliseconds = 15 * 60_000
const mostConnections = 20_000
/** A line with so many broken frames one after the other is no terminal. */
const mostBroken = 20

/** @throws EADDRINUSE when the port is taken */
export async function startTerminalServer(options: TerminalServerOptions): Promise<TerminalServer> {
  const { host, port, log } = options
  const stopping = new AbortController()
  const open = new Map<Socket, Promise<void>>()
  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    const talk = converse(socket, options, stopping.signal).finally(() => open.delete(socket))
    open.set(socket, talk)
  })
  server.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  server.on('error', (error) => log.error({ err: error }, 'the JT/T 808 listener failed'))
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      stopping.abort()
      await Promise.all(open.values())
      await closed
    },
  }
}

/** Reads, answers, reads on: while an answer is made, nothing more is taken from the socket. Never rejects. */
async function converse(
  socket: Socket,
  services: TerminalServerOptions,
  stopping: AbortSignal,
): Promise<void> {
  const { log } = services
  const gone = new AbortController()
  socket.once('close', () => gone.abort())
  // The loop below is told of it, while it lasts.
  socket.on('error', () => {})
  socket.setTimeout(silentMilliseconds, () => socket.destroy())
  const session = createSession(services, AbortSignal.any([stopping, gone.signal]))
  const frames = new FrameReader()
  const stop = (): void => void socket.destroy()
  let isAnswering = false
  const stopWhenIdle = (): void => {
    if (!isAnswering) stop()
  }
  stopping.addEventListener('abort', stopWhenIdle)
  let broken = 0
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      for (const frame of frames.push(chunk)) {
        const message = 'message' in frame ? readMessage(frame.message) : undefined
        if (!message) {
          // Whom it is from cannot be known: there is nobody to answer.
          log.debug(
            { address: socket.remoteAddress, frame: 'broken' in frame ? frame.broken : 'length' },
            'a broken frame',
          )
          if (++broken >= mostBroken) return
          continue
        }
        broken = 0
        isAnswering = true
        const { messages, isOver } = await session.take(message)
        for (const one of messages) await send(socket, writeFrame(one))
        isAnswering = false
        if (isOver || stopping.aborted) {
          socket.end()
          return
        }
      }
    }
  } catch (error) {
    // Without an answer the terminal keeps what it has, and sends it again.
    if (!gone.signal.aborted && !stopping.aborted)
      log.warn({ err: error, address: socket.remoteAddress }, 'a terminal could not be answered')
  } finally {
    stopping.removeEventListener('abort', stopWhenIdle)
    if (!socket.writableEnded) stop()
  }
}

const send = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
