/** The page that asks who it is. It lies over whatever was open, so that nothing is lost when a session ends in the middle. */
import { Button, Input } from 'antd'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import type { Session } from '../../server/contract/session.ts'
import { signIn } from '../api.ts'
import type { ApiError } from '../api-error.ts'
import { useSay } from '../i18n/use-say.ts'
import { text } from './account-text.ts'
import { LanguageButton } from './language-button.tsx'
import { Mark } from './mark.tsx'
import { text as frameText } from './text.ts'

interface Props {
  /** Who was here before, when a session ended in the middle. */
  readonly before: string | undefined
  readonly onDone: (session: Session) => void
}

export function SignIn({ before, onDone }: Props): ReactNode {
  const say = useSay()
  const [login, setLogin] = useState(before ?? '')
  const [password, setPassword] = useState('')
  const [waiting, setWaiting] = useState(false)
  const [error, setError] = useState<ApiError>()

  // The first field that is to be filled.
  const first = before === undefined ? 'sign-in-login' : 'sign-in-password'
  useEffect(() => document.getElementById(first)?.focus(), [first])

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (waiting) return
    setWaiting(true)
    setError(undefined)
    try {
      onDone(await signIn(login, password))
    } catch (thrown) {
      setError(thrown as ApiError)
      setPassword('')
      document.getElementById('sign-in-password')?.focus()
    } finally {
      setWaiting(false)
    }
  }

  return (
    <main className="sign-in">
      <form className="card sign-in-card" onSubmit={(event) => void submit(event)}>
        <div className="sign-in-head">
          <span className="brand">
            <Mark />
            <h1>{say(frameText.product)}</h1>
          </span>
          <LanguageButton />
        </div>
        {before !== undefined && <p className="quiet">{say(text.signInAgain)}</p>}
        <label htmlFor="sign-in-login">{say(text.login)}</label>
        <Input
          id="sign-in-login"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
        <label htmlFor="sign-in-password">{say(text.password)}</label>
        <Input.Password
          id="sign-in-password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div role="alert" className="sign-in-error">
          {error && say(error.detail)}
        </div>
        <Button type="primary" htmlType="submit" block loading={waiting}>
          {say(text.signIn)}
        </Button>
        <p className="quiet">{say(text.forgotten)}</p>
      </form>
    </main>
  )
}
