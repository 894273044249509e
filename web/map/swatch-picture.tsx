import type { ReactNode } from 'react'
import type { Swatch } from './legend-entry.ts'
import { patternAddress } from './pattern-address.ts'

/** A swatch as a small picture, for the legend and for lists. */
export function SwatchPicture({ swatch }: { readonly swatch: Swatch }): ReactNode {
  return (
    <svg className="swatch" width="22" height="14" viewBox="0 0 22 14" aria-hidden="true">
      {swatch.kind === 'fill' && (
        <>
          <rect
            x="0.5"
            y="0.5"
            width="21"
            height="13"
            rx="2"
            fill={swatch.color}
            fillOpacity={swatch.opacity ?? 1}
            stroke={swatch.outline ?? 'var(--line-strong)'}
          />
          {swatch.pattern && (
            <image
              href={patternAddress(swatch.pattern)}
              x="1"
              y="1"
              width="20"
              height="12"
              preserveAspectRatio="xMidYMid slice"
            />
          )}
        </>
      )}
      {swatch.kind === 'line' && (
        <line
          x1="0"
          y1="7"
          x2="22"
          y2="7"
          stroke={swatch.color}
          strokeWidth={swatch.width ?? 2}
          strokeDasharray={swatch.dash?.join(' ')}
        />
      )}
      {swatch.kind === 'dot' && (
        <circle
          cx="11"
          cy="7"
          r={swatch.ring ? 4.5 : 3.5}
          fill={swatch.color}
          stroke={swatch.ring ?? 'none'}
          strokeWidth="1.8"
        />
      )}
    </svg>
  )
}
