/** Check-in codes are signed with a secret of the town, so that nobody makes them up at home. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { type CheckInSubject, checkInCode, unsignedCode } from '../../core/check-ins/check-in-code.ts'
import { findSecret, insertSecret } from '../../db/check-ins.ts'
import type { Scoped } from '../../db/scoped.ts'
import { newSecret } from '../users/secrets.ts'

/** 96 bits: short enough for a small QR code, long enough against guessing over a network. */
const macLength = 16

const macOf = (subject: CheckInSubject, secret: string): string =>
  createHmac('sha256', secret).update(unsignedCode(subject)).digest('base64url').slice(0, macLength)

/** A function that signs codes of a town; gives it a secret where it has none. */
export async function codeSigner(
  system: Scoped,
  town: string,
  now: number,
): Promise<(subject: CheckInSubject) => string> {
  const known = await findSecret(system, town)
  if (known === undefined) await insertSecret(system, town, newSecret(), now)
  // Read again: somebody else may have been first.
  const secret = known ?? (await findSecret(system, town)) ?? ''
  return (subject) => checkInCode(subject, macOf(subject, secret))
}

/** Whether a code was made by this service. */
export async function isSigned(system: Scoped, subject: CheckInSubject, mac: string): Promise<boolean> {
  const secret = await findSecret(system, subject.town)
  if (secret === undefined) return false
  const right = Buffer.from(macOf(subject, secret))
  const shown = Buffer.from(mac)
  return right.length === shown.length && timingSafeEqual(right, shown)
}
