/** What a login and a password must be, how long a session lasts, and how long one waits after wrong passwords. */
import type { Flaw, Message } from '../values.ts'

const hourMilliseconds = 3_600_000

/** A working day without a new sign-in, a working week at the most. */
export const sessionPolicy = {
  idleMilliseconds: 12 * hourMilliseconds,
  totalMilliseconds: 7 * 24 * hourMilliseconds,
} as const

export const tokenPolicy = { usualDays: 365, mostDays: 1830 } as const

/** A password alone must hold out: length, not kinds of characters (NIST SP 800-63B, 5.1.1.2). */
const passwordLength = { least: 10, most: 200 } as const
const leastDifferentCharacters = 4

/** The login as it is kept and compared: compatibility forms and case do not make another person. */
export const normaliseLogin = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** The same password typed on another keyboard has the same characters (NIST SP 800-63B, 5.1.1.2). */
export const normalisePassword = (text: string): string => text.normalize('NFKC')

const loginPattern = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u
/** Names the service itself signs ledgers and plans with. */
const takenByService = /^(local|cli)-|^(anonymous|system)$/

/** What is wrong with a login that was normalised; none: it can be given to somebody. */
export function loginFlaws(login: string): Flaw[] {
  if (!loginPattern.test(login))
    return [
      flaw('login_malformed', 'login', {
        zh: '登录名应为 1–64 个字母、汉字或数字，中间可用 . _ @ -',
        en: 'a login is 1 to 64 letters or digits, with . _ @ - after the first',
      }),
    ]
  if (takenByService.test(login))
    return [
      flaw('login_reserved', 'login', {
        zh: '此登录名由系统保留',
        en: 'this login is kept for the service itself',
      }),
    ]
  return []
}

/** What is wrong with a password that is to be set; the password itself is in no flaw. */
export function passwordFlaws(password: string, login: string): Flaw[] {
  const characters = Array.from(normalisePassword(password))
  const flaws: Flaw[] = []
  if (characters.length < passwordLength.least || characters.length > passwordLength.most)
    flaws.push(
      flaw('password_length', 'password', {
        zh: `密码应为 ${passwordLength.least}–${passwordLength.most} 个字符`,
        en: `a password has ${passwordLength.least} to ${passwordLength.most} characters`,
      }),
    )
  if (new Set(characters).size < leastDifferentCharacters)
    flaws.push(
      flaw('password_monotonous', 'password', {
        zh: `密码至少要有 ${leastDifferentCharacters} 个不同的字符`,
        en: `a password has at least ${leastDifferentCharacters} different characters`,
      }),
    )
  if (normaliseLogin(password) === login)
    flaws.push(
      flaw('password_is_login', 'password', {
        zh: '密码不能与登录名相同',
        en: 'a password is not the login',
      }),
    )
  return flaws
}

const flaw = (code: string, field: string, message: Message): Flaw => ({ code, place: { field }, message })

/** Failures that are free, and the longest wait the next ones lead to. */
export interface WaitRule {
  readonly free: number
  readonly mostSeconds: number
}

/**
 * Seconds from a failure to the next attempt, after so many failures in a row: none while they are free, then 1, 2, 4, … up to
 * the rule's most.
 */
export function waitSeconds(failures: number, { free, mostSeconds }: WaitRule): number {
  return failures < free ? 0 : Math.min(mostSeconds, 2 ** Math.min(failures - free, 30))
}
