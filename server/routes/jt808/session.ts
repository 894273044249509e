/**
 * What is said between one terminal and the service, message by message. A terminal is known by its number, shows its code once a
 * connection, and is told that a position is done when it is durable.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { admitDevice } from '../../commands/positions/admit-device.ts'
import type { FixWriter } from '../../commands/positions/fix-writer.ts'
import { takeReports } from '../../commands/positions/take-reports.ts'
import { hashOfSecret, newSecret } from '../../commands/users/secrets.ts'
import { normaliseDeviceId } from '../../core/policy/device-policy.ts'
import type { Database } from '../../db/database.ts'
import { type KnownDevice, registerDevice } from '../../db/devices.ts'
import { AppError } from '../../errors.ts'
import { readLocations } from '../../formats/positions/jt808/locations.ts'
import {
  messageIds,
  PartsJoiner,
  type Result,
  readAuthentication,
  registrations,
  results,
  type TerminalMessage,
  writeGeneralAnswer,
  writeRegisterAnswer,
} from '../../formats/positions/jt808/messages.ts'
import type { KnownDevices } from '../positions/known-devices.ts'

export interface TerminalServices {
  readonly database: Database
  readonly devices: KnownDevices
  readonly fixWriter: FixWriter
  /** Epoch milliseconds. */
  readonly now: () => number
}

export interface TerminalAnswer {
  /** Messages to the terminal, in order. */
  readonly messages: readonly Buffer[]
  /** The terminal has nothing to look for here: the connection ends after the answer. */
  readonly isOver: boolean
}

/** A code short enough for terminals that keep 20 bytes of it: 120 bits. */
const codeLength = 20
const busyMilliseconds = 500

export interface TerminalSession {
  /** Messages must be given one after the other. @throws DatabaseError: no answer then, the terminal sends it again */
  take(message: TerminalMessage): Promise<TerminalAnswer>
}

export function createSession(services: TerminalServices, signal: AbortSignal): TerminalSession {
  const { database, devices, fixWriter, now } = services
  const parts = new PartsJoiner()
  /** Terminals of this connection that have shown their code; a gateway may speak for several. */
  const authenticated = new Set<string>()
  let serial = 0
  const nextSerial = (): number => serial++ & 0xffff

  const find = (message: TerminalMessage): Promise<KnownDevice | undefined> =>
    devices.find('jt808', normaliseDeviceId('jt808', message.terminal))

  const answer = (
    message: TerminalMessage,
    result: Result,
    serials: readonly number[] = [message.serial],
    isOver = false,
  ): TerminalAnswer => ({
    messages: serials.map((one) =>
      writeGeneralAnswer(message, nextSerial(), { id: message.id, serial: one }, result),
    ),
    isOver,
  })

  const register = async (message: TerminalMessage): Promise<TerminalAnswer> => {
    const device = await find(message)
    const reply = (outcome: { code: string } | { result: number }): TerminalAnswer => ({
      messages: [writeRegisterAnswer(message, nextSerial(), message.serial, outcome)],
      isOver: 'result' in outcome && outcome.result === registrations.terminalUnknown,
    })
    if (!device || device.isDisabled) return reply({ result: registrations.terminalUnknown })
    const code = newSecret().slice(0, codeLength)
    const isKept = await registerDevice(database.system(), device, hashOfSecret(code), now())
    devices.forget()
    // A code that a person has set stands: whoever knows the number alone must not replace it.
    return reply(isKept ? { code } : { result: registrations.terminalRegistered })
  }

  const authenticate = async (message: TerminalMessage): Promise<TerminalAnswer> => {
    try {
      const device = admitDevice(await find(message), message.terminal, readAuthentication(message))
      // Without any code there is nothing to show: the terminal has to register first.
      if (device.keyHash === null) return answer(message, results.failed)
      authenticated.add(message.terminal)
      return answer(message, results.done)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      authenticated.delete(message.terminal)
      return answer(message, results.failed, [message.serial], error.code === 'bad_request')
    }
  }

  const locate = async (message: TerminalMessage, serials: readonly number[]): Promise<TerminalAnswer> => {
    if (!authenticated.has(message.terminal)) return answer(message, results.failed, serials)
    const reports = readLocations(message.id, message.body)
    if (!reports) return answer(message, results.malformed, serials)
    const device = await find(message)
    if (!device || device.isDisabled) return answer(message, results.failed, serials, true)
    for (;;) {
      try {
        await takeReports(fixWriter, device, reports, now())
        return answer(message, results.done, serials)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        if (error.code !== 'busy') return answer(message, results.failed, serials)
        // Nothing more is read from this terminal meanwhile: TCP makes it wait.
        await sleep(busyMilliseconds, undefined, { signal })
      }
    }
  }

  return {
    async take(message) {
      const joined = parts.push(message)
      if (!joined) return { messages: [], isOver: false }
      const { whole, serials } = joined
      switch (whole.id) {
        case messageIds.register:
          return register(whole)
        case messageIds.authenticate:
          return authenticate(whole)
        case messageIds.heartbeat:
          return answer(whole, results.done, serials)
        case messageIds.logout:
          authenticated.delete(whole.terminal)
          return answer(whole, results.done, serials)
        case messageIds.location:
        case messageIds.locationBatch:
        case messageIds.locationBatch2:
          return locate(whole, serials)
        default:
          return answer(whole, results.unsupported, serials)
      }
    },
  }
}
