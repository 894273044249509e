/** Who is here: name, role, areas; one's own password; the way out. */
import { Button, Popover } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Session } from '../../server/contract/session.ts'
import { api, signOut } from '../api.ts'
import { useSay } from '../i18n/use-say.ts'
import { useResource } from '../use-resource.ts'
import { text } from './account-text.ts'
import { ChangePassword } from './change-password.tsx'
import { PoliciesDrawer } from './policies/policies.tsx'
import { text as policiesText } from './policies/text.ts'
import { text as frameText } from './text.ts'

export function Person(): ReactNode {
  const say = useSay()
  const { data } = useResource(api.session())
  const [open, setOpen] = useState(false)
  const [shown, setShown] = useState<'password' | 'policies' | null>(null)
  const show = (what: 'password' | 'policies') => (): void => {
    setOpen(false)
    setShown(what)
  }
  if (!data) return null
  const name = data.display_name ?? data.name
  return (
    <>
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomRight"
        title={name}
        content={<Account session={data} onChangePassword={show('password')} onPolicies={show('policies')} />}
      >
        <button
          type="button"
          className="bar-button"
          aria-expanded={open}
          aria-label={say(text.account, { name })}
        >
          <svg className="person-icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="5" r="3" fill="none" stroke="currentColor" strokeWidth="1.5" />
            <path
              d="M2.500 14c0-3 2.500-5 5.500-5s5.500 2 5.500 5"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.5"
            />
          </svg>
          <span className="person-name">{name}</span>
          <span className="quiet bar-wide">{say(frameText.roles[data.role])}</span>
        </button>
      </Popover>
      {shown === 'password' && <ChangePassword login={data.name} onClose={() => setShown(null)} />}
      {shown === 'policies' && <PoliciesDrawer onClose={() => setShown(null)} />}
    </>
  )
}

function Account({
  session,
  onChangePassword,
  onPolicies,
}: {
  readonly session: Session
  readonly onChangePassword: () => void
  readonly onPolicies: () => void
}): ReactNode {
  const say = useSay()
  const { data } = useResource(api.areas())
  const nameOf = (code: string): string => data?.areas.find((area) => area.code === code)?.name ?? code
  const areas = session.areas === 'all' ? say(text.everywhere) : session.areas.map(nameOf).join('、')
  return (
    <div className="account">
      <dl className="facts">
        {session.display_name !== null && (
          <>
            <dt>{say(text.login)}</dt>
            <dd>{session.name}</dd>
          </>
        )}
        <dt>{say(text.role)}</dt>
        <dd>{say(frameText.roles[session.role])}</dd>
        <dt>{say(text.areas)}</dt>
        <dd>{areas}</dd>
        <dt>{say(text.version)}</dt>
        <dd>{session.version}</dd>
      </dl>
      <div>
        <Button onClick={onPolicies}>{say(policiesText.open)}</Button>
      </div>
      {session.by === 'open' ? (
        <p className="quiet">{say(text.open)}</p>
      ) : (
        <div className="state-actions">
          <Button onClick={onChangePassword}>{say(text.changePassword)}</Button>
          {/* A new page: nothing that was loaded for this person stays in memory. */}
          <Button onClick={() => void signOut().finally(() => location.reload())}>{say(text.signOut)}</Button>
        </div>
      )}
    </div>
  )
}
