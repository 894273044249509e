/** A day as a strip of 24 hours: colour and height are the label, the part asked about is lit. */
import type { ReactNode } from 'react'
import type { PatrolDayRow, TraceLabel } from '../../../server/contract/patrols.ts'
import { traceColors } from '../../map/palette.ts'
import { daySeconds, type Span } from './trace-time.ts'

/** Share of the height a label takes: told apart without colour. Standing still is lower than walking, what is not known is a line. */
const heights: Readonly<Record<TraceLabel, number>> = {
  inside: 1,
  stay: 0.6,
  outside: 1,
  unreliable: 0.35,
  unobserved: 0.15,
}

interface Props {
  readonly strip: PatrolDayRow['strip']
  readonly x: (second: number) => number
  readonly height: number
  readonly top?: number
  readonly lit?: Span | null
}

/** The stretches as SVG, standing on a common ground line. Walking outside is hatched as well as coloured. */
export function StripBars({ strip, x, height, top = 0, lit = null }: Props): ReactNode {
  return (
    <>
      {strip.map(({ label, from, to }) => {
        const tall = Math.max(1, heights[label] * height)
        return (
          <rect
            key={`${from} ${label}`}
            x={x(from)}
            y={top + height - tall}
            width={Math.max(0.6, x(to) - x(from))}
            height={tall}
            fill={label === 'outside' ? 'url(#strip-outside)' : traceColors[label]}
          />
        )
      })}
      {lit && (
        <rect
          className="strip-lit"
          x={x(lit.from) - 0.5}
          y={top}
          width={Math.max(2, x(lit.to) - x(lit.from) + 1)}
          height={height}
        />
      )}
    </>
  )
}

/** The hatch of walking outside; once in the document. */
export function StripPatterns(): ReactNode {
  return (
    <svg width="0" height="0" className="strip-patterns" aria-hidden="true">
      <defs>
        <pattern id="strip-outside" width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" fill={traceColors.outside} />
          <path d="M-1 1 1 -1M0 4 4 0M3 5 5 3" stroke="var(--panel)" strokeWidth="0.9" />
        </pattern>
      </defs>
    </svg>
  )
}

/** The whole day in a list: midnight to midnight, with marks at 6, 12 and 18 o'clock. Hidden from readers: figures say the same. */
export function DayStrip({
  strip,
  lit,
}: {
  readonly strip: PatrolDayRow['strip']
  readonly lit: Span | null
}): ReactNode {
  const scale = 288
  const x = (second: number): number => (second / daySeconds) * scale
  return (
    <svg className="day-strip" viewBox={`0 0 ${scale} 12`} preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y="11" width={scale} height="1" fill="var(--line)" />
      {[6, 12, 18].map((hour) => (
        <rect key={hour} x={x(hour * 3600)} y="0" width="1" height="12" fill="var(--line)" />
      ))}
      <StripBars strip={strip} x={x} height={11} lit={lit} />
    </svg>
  )
}
