/** Who is registered as patrolling together: entered from two phones on one way, listed, and withdrawn. */
import { Button, Input, Popconfirm } from 'antd'
import { type ReactNode, useState } from 'react'
import type { EvidencePiece, JointPatrolAnswer } from '../../../../server/contract/evidence.ts'
import { api, enterJointPatrol, withdrawJointPatrol } from '../../../api.ts'
import type { ApiError } from '../../../api-error.ts'
import { Failed } from '../../../frame/states.tsx'
import { addDays, formatDay, formatMoment, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useStored } from '../../../state.ts'
import { refreshResources, useResource } from '../../../use-resource.ts'
import { useAccount } from '../account.ts'
import { usePeople } from '../data.ts'
import { text } from './text.ts'

/** A day or a month, [from, to). */
interface Days {
  readonly from: string
  readonly to: string
}

export const useJointPatrols = (days: Days | null) => {
  const area = useArea()
  const { seesRecords } = useAccount()
  return useResource(area && days && seesRecords ? api.jointPatrols(area.code, days) : null)
}

export function useIsAssessor(): boolean {
  const role = useResource(api.session()).data?.role
  return role === 'supervisor' || role === 'administrator'
}

/** Traces are compared again some five seconds after a registration changed: what is on the screen is asked for again meanwhile. */
const askAgainMilliseconds = [0, 6500, 9000, 15_000]

function refreshUntilCompared(): void {
  for (const wait of askAgainMilliseconds) setTimeout(refreshResources, wait)
}

/** Whether somebody has registered the two workers of a piece for its day. */
export const isRegistered = (piece: EvidencePiece, patrols: readonly JointPatrolAnswer[]): boolean =>
  patrols.some(
    ({ workers, from, to }) =>
      piece.other !== null &&
      workers.includes(piece.worker) &&
      workers.includes(piece.other.worker) &&
      from <= piece.day &&
      piece.day < to,
  )

/** The record's id: of the pair and day, and of the moment, for a withdrawn record keeps its own. At most 64 characters. */
export const jointId = (workers: readonly string[], day: string, now: number): string =>
  `${[day, ...workers.toSorted()].join('-').slice(0, 54)}-${now.toString(36)}`

/** Offers to register the two workers of two phones that went one way, for that day. */
export function JointForm({ piece }: { readonly piece: EvidencePiece }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const area = useArea()
  const isAssessor = useIsAssessor()
  const { data } = useJointPatrols({ from: piece.day, to: addDays(piece.day, 1) })
  const [id, setId] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [failed, setFailed] = useState<ApiError | null>(null)
  const { other } = piece
  if (!area || !isAssessor || other === null) return null
  if (isRegistered(piece, data?.patrols ?? []))
    return <output className="quiet">{say(text.jointRechecking)}</output>
  const workers = [piece.worker, other.worker]
  if (id === null)
    return (
      <div className="evidence-actions">
        <Button size="small" onClick={() => setId(jointId(workers, piece.day, Date.now()))}>
          {say(text.jointEnter)}
        </Button>
      </div>
    )
  const enter = async (): Promise<void> => {
    setFailed(null)
    try {
      const days = { from: piece.day, to: addDays(piece.day, 1) }
      await enterJointPatrol(area.code, { id, workers, ...days, note: note.trim() })
      refreshUntilCompared()
    } catch (thrown) {
      setFailed(thrown as ApiError)
    }
  }
  return (
    <div className="evidence-form joint-form">
      <p>
        {say(text.jointOf, {
          a: `${piece.name} ${piece.worker}`,
          b: `${other.name} ${other.worker}`,
          day: formatDay(language, piece.day),
        })}
      </p>
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={2000}
        aria-label={say(text.jointReason)}
        placeholder={say(text.jointReason)}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button size="small" type="primary" disabled={note.trim() === ''} onClick={() => void enter()}>
        {say(text.jointSave)}
      </Button>
      <Button size="small" onClick={() => setId(null)}>
        {say(text.jointCancel)}
      </Button>
      {failed && <Failed error={failed} />}
    </div>
  )
}

/** The registrations that touch some days, of one worker or of all; nothing where there is none. */
export function JointPatrols({
  days,
  worker,
}: {
  readonly days: Days | null
  readonly worker: string | null
}): ReactNode {
  const say = useSay()
  const { data, current } = useJointPatrols(days)
  const patrols = (data?.patrols ?? []).filter(({ workers }) => worker === null || workers.includes(worker))
  if (!current || patrols.length === 0) return null
  return (
    <details className="joint-patrols" open={worker !== null}>
      <summary>
        {say(text.joint)} <span className="tab-count">{formatNumber(patrols.length)}</span>
      </summary>
      <p className="quiet">{say(text.jointNote)}</p>
      <ul>
        {patrols.map((patrol) => (
          <Registered key={patrol.id} patrol={patrol} />
        ))}
      </ul>
    </details>
  )
}

function Registered({ patrol }: { readonly patrol: JointPatrolAnswer }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const area = useArea()
  const isAssessor = useIsAssessor()
  const names = new Map(usePeople()?.map((one) => [one.worker, one.name]))
  const [failed, setFailed] = useState<ApiError | null>(null)
  const last = addDays(patrol.to, -1)
  const [from, to] = [formatDay(language, patrol.from), formatDay(language, last)]
  const withdraw = async (code: string): Promise<void> => {
    setFailed(null)
    try {
      await withdrawJointPatrol(code, patrol.id)
      refreshUntilCompared()
    } catch (thrown) {
      setFailed(thrown as ApiError)
    }
  }
  return (
    <li className="joint-patrol">
      <div>
        {patrol.workers.map((id) => [names.get(id), id].filter(Boolean).join(' ')).join('、')}
        <br />
        <span className="quiet">{patrol.from === last ? from : say(text.jointDays, { from, to })}</span>
      </div>
      {area && isAssessor && (
        <Popconfirm
          title={say(text.jointWithdrawAsk)}
          okText={say(text.jointWithdraw)}
          onConfirm={() => void withdraw(area.code)}
        >
          <Button size="small">{say(text.jointWithdraw)}</Button>
        </Popconfirm>
      )}
      <p>
        {patrol.note}
        <br />
        <span className="quiet">
          {say(text.jointBy, { by: patrol.entered_by, at: formatMoment(language, patrol.entered_at) })}
        </span>
      </p>
      {failed && <Failed error={failed} />}
    </li>
  )
}
