import type { ReactNode } from 'react'

/** A share as a bar; the figures beside it say the same, so it is hidden from readers of the page. */
export function ShareBar({ share }: { readonly share: number | null }): ReactNode {
  return (
    <div className="share-bar" aria-hidden="true">
      {share !== null && <div style={{ width: `${share * 100}%` }} />}
    </div>
  )
}
