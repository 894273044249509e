/**
 * Passwords, kept as scrypt hashes in PHC form: `$scrypt$ln=15,r=8,p=3$salt$hash`, base64 without padding. The parameters are
 * stored beside each hash, so that they can grow: an older hash still verifies, and is made anew at the next sign-in.
 * https://www.rfc-editor.org/rfc/rfc7914 · https://github.com/P-H-C/phc-string-format
 */
import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { normalisePassword } from '../../core/policy/account-policy.ts'

/** 32 MiB a hash (128 · 2^ln · r bytes); one of OWASP's equivalent choices for scrypt. */
const usual = { ln: 15, r: 8, p: 3 } as const
const saltBytes = 16
const hashBytes = 32
const phc = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

interface Cost {
  readonly ln: number
  readonly r: number
  readonly p: number
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, salt, hashBytes, usual)
  return `$scrypt$ln=${usual.ln},r=${usual.r},p=${usual.p}$${base64(salt)}$${base64(hash)}`
}

export interface Verdict {
  readonly isRight: boolean
  /** The hash has other parameters than new ones get. */
  readonly isOutdated: boolean
}

/** Takes as long for a wrong password as for the right one. @throws Error when `stored` is no hash of ours */
export async function verifyPassword(password: string, stored: string): Promise<Verdict> {
  const [, ln, r, p, salt = '', hash = ''] = phc.exec(stored) ?? []
  if (hash === '') throw new Error('a stored password hash cannot be read')
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  const expected = Buffer.from(hash, 'base64')
  const derived = await derive(password, Buffer.from(salt, 'base64'), expected.length, cost)
  return {
    isRight: timingSafeEqual(derived, expected),
    isOutdated: cost.ln !== usual.ln || cost.r !== usual.r || cost.p !== usual.p,
  }
}

/** A hash that no password has: verifying against it makes an unknown login take as long as a known one. */
export const hashOfNobody = `$scrypt$ln=${usual.ln},r=${usual.r},p=${usual.p}$${base64(Buffer.alloc(saltBytes))}$${base64(Buffer.alloc(hashBytes))}`

/** Letters and digits that cannot be taken for one another when read aloud or copied from paper. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Four groups of four, 80 bits: `k7mq-x3fd-9ahu-p2we`. */
export const generatePassword = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join(''),
  ).join('-')

function derive(password: string, salt: Buffer, length: number, { ln, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** ln
  const options: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p + 2) }
  return new Promise((resolve, reject) => {
    scrypt(normalisePassword(password), salt, length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
