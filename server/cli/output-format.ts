/** Which of some formats a verb writes. */
import type { Message } from '../core/values.ts'
import { UsageError, type VerbArgs } from './verb.ts'

/** As `--format` says, else as the output file's ending does, else the first. @throws UsageError with `wanted` for one there is not */
export function outputFormat<Format extends string>(
  args: VerbArgs,
  formats: readonly [Format, ...Format[]],
  wanted: Message,
): Format {
  const isNamed = (text: string | undefined): Format | undefined => formats.find((one) => one === text)
  const asked = args.text('format')
  if (asked === undefined) return isNamed(args.text('output')?.split('.').at(-1)?.toLowerCase()) ?? formats[0]
  const format = isNamed(asked)
  if (format) return format
  throw new UsageError(wanted)
}
