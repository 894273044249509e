/** Progress on standard error: one line rewritten on a terminal, a line now and then elsewhere. */
import type { ReportProgress } from '../commands/jobs.ts'
import type { VerbIo } from './verb.ts'

const terminalMilliseconds = 100
const plainMilliseconds = 5000

export interface ProgressLine {
  readonly report: ReportProgress
  /** Ends the line, so that what follows begins on its own. */
  end(): void
}

export function progressLine(io: Pick<VerbIo, 'err' | 'errIsTerminal' | 'now'>): ProgressLine {
  let told = 0
  let phaseTold = ''
  let open = false
  return {
    report(phase, done, total) {
      const now = io.now()
      const pause = io.errIsTerminal ? terminalMilliseconds : plainMilliseconds
      // On a terminal a new phase shows at once; elsewhere a phase a file would be a line a file.
      if (now - told < pause && !(io.errIsTerminal && phase.en !== phaseTold)) return
      told = now
      phaseTold = phase.en
      const share = total ? `${Math.floor((100 * done) / total)} %` : done.toLocaleString('en')
      const line = `${phase.zh} · ${phase.en}  ${share}`
      io.err(io.errIsTerminal ? `\r${line}\u001b[K` : `${line}\n`)
      open = io.errIsTerminal
    },
    end() {
      if (open) io.err('\n')
      open = false
    },
  }
}
