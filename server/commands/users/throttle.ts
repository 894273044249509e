/**
 * Makes guessing passwords slow. Failures are counted for a login from one address, for an address, and for a login from
 * anywhere; each count has its wait, which grows. An attempt counts as failed from its start, so that many at once do not slip
 * through before the first has an answer. Counts live as long as the process.
 */
import { type WaitRule, waitSeconds } from '../../core/policy/account-policy.ts'

export interface Attempt {
  /** Whole seconds until another attempt is heard; 0: this one is. */
  readonly waitSeconds: number
  /** The password was right: what this login failed before is forgotten. */
  succeeded(): void
}

export interface Throttle {
  begin(login: string, address: string, now: number): Attempt
}

interface Count {
  failures: number
  lastAt: number
}

/** The address's count outlives a success, or a guesser with an account of his own could clear it between guesses. */
const rules = {
  loginFromAddress: { free: 5, mostSeconds: 900 },
  address: { free: 20, mostSeconds: 60 },
  // Short, or anybody could keep somebody else out.
  login: { free: 20, mostSeconds: 60 },
} as const satisfies Record<string, WaitRule>

const forgottenAfterMilliseconds = 3_600_000
const mostCounts = 20_000

export function createThrottle(): Throttle {
  const counts = new Map<string, Count>()

  /** Longest silent first, as a map keeps what was put into it last at its end. */
  const forget = (now: number): void => {
    for (const [key, { lastAt }] of counts) {
      if (now - lastAt < forgottenAfterMilliseconds && counts.size <= mostCounts) return
      counts.delete(key)
    }
  }

  return {
    begin(login, address, now) {
      forget(now)
      const keys: readonly (readonly [key: string, rule: WaitRule])[] = [
        [`both ${address} ${login}`, rules.loginFromAddress],
        [`address ${address}`, rules.address],
        [`login ${login}`, rules.login],
      ]
      const waits = keys.map(([key, rule]) => {
        const count = counts.get(key)
        return count ? count.lastAt + 1000 * waitSeconds(count.failures, rule) - now : 0
      })
      const wait = Math.ceil(Math.max(0, ...waits) / 1000)
      if (wait > 0) return { waitSeconds: wait, succeeded: () => {} }
      for (const [key] of keys) {
        const failures = (counts.get(key)?.failures ?? 0) + 1
        counts.delete(key)
        counts.set(key, { failures, lastAt: now })
      }
      const [both, fromAddress, anywhere] = keys.map(([key]) => key) as [string, string, string]
      return {
        waitSeconds: 0,
        succeeded() {
          counts.delete(both)
          counts.delete(anywhere)
          const count = counts.get(fromAddress)
          if (count) count.failures -= 1
        },
      }
    },
  }
}
