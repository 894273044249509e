/** Another password for oneself. */
import { App, Button, Input, Modal } from 'antd'
import { type FormEvent, type ReactNode, useState } from 'react'
import { changePassword } from '../api.ts'
import type { ApiError } from '../api-error.ts'
import { useSay } from '../i18n/use-say.ts'
import { text } from './account-text.ts'

const fields = [
  { name: 'current', label: text.currentPassword, autoComplete: 'current-password' },
  { name: 'next', label: text.nextPassword, autoComplete: 'new-password' },
  { name: 'repeat', label: text.repeatPassword, autoComplete: 'new-password' },
] as const

type Values = Record<(typeof fields)[number]['name'], string>

export function ChangePassword({
  login,
  onClose,
}: {
  readonly login: string
  readonly onClose: () => void
}): ReactNode {
  const say = useSay()
  const { message } = App.useApp()
  const [values, setValues] = useState<Values>({ current: '', next: '', repeat: '' })
  const [waiting, setWaiting] = useState(false)
  const [problems, setProblems] = useState<readonly string[]>([])

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (waiting) return
    if (values.next !== values.repeat) return setProblems([say(text.notTheSame)])
    setWaiting(true)
    setProblems([])
    try {
      await changePassword(values.current, values.next)
      void message.success(say(text.changed))
      onClose()
    } catch (thrown) {
      const { detail, flaws } = thrown as ApiError
      setProblems(flaws.length > 0 ? flaws.map((flaw) => say(flaw.message)) : [say(detail)])
    } finally {
      setWaiting(false)
    }
  }

  return (
    <Modal
      open
      onCancel={onClose}
      afterOpenChange={(open) => open && document.getElementById('password-current')?.focus()}
      footer={null}
      title={say(text.changePassword)}
      width={360}
    >
      <form className="account" onSubmit={(event) => void submit(event)}>
        {/* For the browser's own keeping of passwords: whose it is. */}
        <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
        {fields.map(({ name, label, autoComplete }) => (
          <div key={name}>
            <label htmlFor={`password-${name}`}>{say(label)}</label>
            <Input.Password
              id={`password-${name}`}
              autoComplete={autoComplete}
              required
              value={values[name]}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            />
          </div>
        ))}
        <p className="quiet">{say(text.othersEnd)}</p>
        <div role="alert" className="sign-in-error">
          {problems.map((one) => (
            <p key={one}>{one}</p>
          ))}
        </div>
        <Button type="primary" htmlType="submit" block loading={waiting}>
          {say(text.changePassword)}
        </Button>
      </form>
    </Modal>
  )
}
