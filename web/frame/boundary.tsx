/** Where a part of the page fails to draw itself, the rest stays, and the part says what to do. */
import { Button } from 'antd'
import { Component, type ReactNode } from 'react'
import { useSay } from '../i18n/use-say.ts'
import { CopyButton } from './copy-button.tsx'
import { text } from './text.ts'

interface Props {
  readonly children: ReactNode
  /** In place of what failed; without it a note with the way on. */
  readonly fallback?: ReactNode
}

/** Keyed by what it shows: another selection or screen is tried anew. */
export class Boundary extends Component<Props, { readonly thrown: unknown }> {
  static getDerivedStateFromError(thrown: unknown): { thrown: unknown } {
    return { thrown: thrown ?? new Error('nothing') }
  }

  constructor(props: Props) {
    super(props)
    this.state = { thrown: undefined }
  }

  override render(): ReactNode {
    if (this.state.thrown === undefined) return this.props.children
    return this.props.fallback === undefined ? <Broken thrown={this.state.thrown} /> : this.props.fallback
  }
}

function Broken({ thrown }: { readonly thrown: unknown }): ReactNode {
  const say = useSay()
  const technical = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return (
    <div className="state is-failed" role="alert">
      <p className="state-title">{say(text.broken)}</p>
      <p className="quiet">{say(text.brokenHint)}</p>
      <div className="state-actions">
        <Button size="small" onClick={() => location.reload()}>
          {say(text.reloadPage)}
        </Button>
        <CopyButton text={technical} label={say(text.copyDetails)} />
      </div>
    </div>
  )
}
