/** Lets in who may: the frame once the server knows the person, the sign-in page over it whenever it does not. */
import { type ReactNode, useEffect } from 'react'
import type { Session } from '../../server/contract/session.ts'
import { api } from '../api.ts'
import { useSignInWanted, wantSignIn } from '../session.ts'
import { refreshResources, useResource } from '../use-resource.ts'
import { Mark } from './mark.tsx'
import { SignIn } from './sign-in.tsx'
import { Loading } from './states.tsx'

export function Entrance({ children }: { readonly children: ReactNode }): ReactNode {
  const { data, error, reload } = useResource(api.session())
  const wanted = useSignInWanted()
  // Who comes back to a window after a night learns at once that the session is over, not at the first click.
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') reload()
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [reload])

  const enter = (session: Session): void => {
    // What is on the screen, and what was loaded for it, is another person's.
    if (data && data.name !== session.name) location.reload()
    else {
      wantSignIn(false)
      refreshResources()
    }
  }
  // A server that cannot be reached is a matter of the screens: they say so, and try again.
  const isOpen = data !== undefined || (error !== undefined && error.code !== 'unauthenticated')
  return (
    <>
      {isOpen && (
        <div className="entered" inert={wanted}>
          {children}
        </div>
      )}
      {!isOpen && !wanted && (
        <div className="entrance">
          <Mark />
          <Loading rows={2} />
        </div>
      )}
      {wanted && <SignIn before={data?.name} onDone={enter} />}
    </>
  )
}
