/** Who is here: name, role, areas; one's own password; the way out. */
import { Button, Popover } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Session } from '../../server/contract/session.ts'
import { api, signOut } from '../api.ts'
import { useSay } from '../i18n/use-say.ts'
import { navigate } from '../state.ts'
import { useResource } from '../use-resource.ts'
import { AccessesDrawer } from './accesses/accesses.tsx'
import { text as accessesText } from './accesses/text.ts'
import { text } from './account-text.ts'
import { ChangePassword } from './change-password.tsx'
import { PoliciesDrawer } from './policies/policies.tsx'
import { text as policiesText } from './policies/text.ts'
import { text as frameText } from './text.ts'

export function Person(): ReactNode {
  const say = useSay()
  const { data } = useResource(api.session())
  const [open, setOpen] = useState(false)
  const [shown, setShown] = useState<'password' | 'policies' | 'accesses' | null>(null)
  const show = (what: 'password' | 'policies' | 'accesses') => (): void => {
    setOpen(false)
    setShown(what)
  }
  if (!data) return null
  // Where nobody signs in, the name that ledgers have is no name of a person.
  const name = data.display_name ?? (data.by === 'open' ? say(text.thisMachine) : data.name)
  return (
    <>
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomRight"
        title={name}
        content={
          <Account
            session={data}
            onChangePassword={show('password')}
            onPolicies={show('policies')}
            onAccesses={show('accesses')}
            onGo={() => setOpen(false)}
          />
        }
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
      {shown === 'accesses' && <AccessesDrawer own={data.worker} onClose={() => setShown(null)} />}
    </>
  )
}

/** To what a worker asks about themselves. */
function OwnWork({
  worker,
  onGo,
}: {
  readonly worker: NonNullable<Session['worker']>
  readonly onGo: () => void
}): ReactNode {
  const say = useSay()
  const selection = { kind: 'worker', id: worker.id } as const
  const go = (choices: Readonly<Record<string, string>>, selected: typeof selection | null) => () => {
    onGo()
    navigate({ screen: 'patrol', area: worker.town, choices, selection: selected })
  }
  return (
    <div className="state-actions">
      <Button onClick={go({}, selection)}>{say(text.ownDay)}</Button>
      <Button onClick={go({ view: 'sheets' }, selection)}>{say(text.ownMonth)}</Button>
      <Button onClick={go({ view: 'coverage', list: 'households', whose: 'mine' }, null)}>
        {say(text.ownHouseholds)}
      </Button>
    </div>
  )
}

function Account({
  session,
  onChangePassword,
  onPolicies,
  onAccesses,
  onGo,
}: {
  readonly session: Session
  readonly onChangePassword: () => void
  readonly onPolicies: () => void
  readonly onAccesses: () => void
  readonly onGo: () => void
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
        {session.worker && (
          <>
            <dt>{say(text.worker)}</dt>
            <dd>{session.worker.id}</dd>
          </>
        )}
        <dt>{say(text.version)}</dt>
        <dd>{session.version}</dd>
      </dl>
      {session.worker && <OwnWork worker={session.worker} onGo={onGo} />}
      <div className="state-actions">
        <Button onClick={onPolicies}>{say(policiesText.open)}</Button>
        {(session.worker || session.role === 'administrator') && (
          <Button onClick={onAccesses}>
            {say(session.worker ? accessesText.openOwn : accessesText.open)}
          </Button>
        )}
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
