import type { ReactNode } from 'react'

/** Four grids that meet in one point, one of them set apart. */
export function Mark(): ReactNode {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M2 2h9l1 8-10 2z" fill="var(--accent)" />
      <path d="M12.500 2H20v10l-6.500-2z" fill="var(--line-strong)" />
      <path
        d="M2 13.500 12 11.500 11 20H2zM13.500 11.500 20 13.500V20h-7.500z"
        fill="var(--line-strong)"
        opacity="0.55"
      />
    </svg>
  )
}
