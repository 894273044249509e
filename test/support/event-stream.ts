/** A client of server-sent events that a test reads event by event; it can stop taking anything from its socket. */
import { get, type IncomingMessage } from 'node:http'
import { vi } from 'vitest'
import { liveEventSchemas } from '../../server/contract/live.ts'

export interface StreamEvent {
  readonly event: keyof typeof liveEventSchemas
  readonly id: string | undefined
  // Each kind has a schema of its own; it is checked as it comes.
  readonly data: Record<string, unknown>
}

export class EventStream {
  readonly events: StreamEvent[] = []
  readonly response: IncomingMessage
  isOver = false
  #rest = ''

  private constructor(response: IncomingMessage) {
    this.response = response
    response.setEncoding('utf8')
    response.on('data', (text: string) => this.#take(text))
    response.on('error', () => {})
    response.on('close', () => {
      this.isOver = true
    })
  }

  /** Resolves with the head of the answer, whatever its status. */
  static open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventStream> {
    return new Promise((resolve, reject) => {
      get(url, { headers, agent: false }, (response) => resolve(new EventStream(response))).on(
        'error',
        reject,
      )
    })
  }

  #take(text: string): void {
    const parts = (this.#rest + text).split('\n\n')
    this.#rest = parts.pop() ?? ''
    for (const part of parts) {
      const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1]
      const event = field('event') as StreamEvent['event']
      const data = liveEventSchemas[event].strict().parse(JSON.parse(field('data') ?? ''))
      this.events.push({ event, id: field('id'), data })
    }
  }

  /** The next event that was not taken yet; pulses, which come when they come, are passed over unless they are wanted. */
  next(wanted: 'news' | 'pulse' = 'news'): Promise<StreamEvent> {
    return vi.waitUntil(
      () => {
        const at = this.events.findIndex(({ event }) => wanted === 'pulse' || event !== 'pulse')
        return at < 0 ? undefined : this.events.splice(0, at + 1).at(-1)
      },
      { interval: 5, timeout: 10_000 },
    )
  }

  close(): void {
    this.response.destroy()
  }
}
