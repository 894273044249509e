/** In a problem's drawer: who accepted it, why and until when; or a form to accept it. */
import { Button, DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useState } from 'react'
import type { CheckProblem } from '../../../../server/contract/check.ts'
import type { ProblemException } from '../../../../server/contract/exceptions.ts'
import type { ApiError } from '../../../api-error.ts'
import { type AcceptRequest, liftProblem } from '../../../api-plans.ts'
import { Failed } from '../../../frame/states.tsx'
import { addDays, formatDay, formatMoment } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { today } from '../../../period.ts'
import { useStored } from '../../../state.ts'
import { usePlanReport } from '../data.ts'
import { useExceptions, useLives, useMayRemark } from './data.ts'
import { text } from './text.ts'

export function ExceptionSection({ problem }: { readonly problem: CheckProblem }): ReactNode {
  const say = useSay()
  const { report } = usePlanReport()
  const { place, exceptions, reload } = useExceptions()
  const life = useLives(report).get(problem.id)
  const mayRemark = useMayRemark()
  const [failed, setFailed] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  if (place === null || exceptions === undefined) return null
  const status = life?.status ?? 'open'
  const excepted = status === 'excepted' ? life?.exception : null
  const accept = mayRemark ? place.accept : undefined
  if (status === 'open' && accept === undefined) return null

  const settle = async (step: Promise<unknown>): Promise<void> => {
    setBusy(true)
    setFailed(null)
    try {
      await step
      reload()
    } catch (thrown) {
      setFailed(thrown as ApiError)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section>
      <h2>{say(text.title)}</h2>
      {(status === 'expired' || status === 'reopened') && <p>{say(text.status[status])}</p>}
      {life?.exception && <Registered exception={life.exception} />}
      {failed && <Failed error={failed} />}
      {excepted
        ? mayRemark && (
            <div className="state-actions">
              <Button loading={busy} onClick={() => void settle(liftProblem(excepted.area_code, problem.id))}>
                {say(text.lift)}
              </Button>
            </div>
          )
        : accept && (
            <AcceptForm
              key={problem.id}
              problem={problem.id}
              busy={busy}
              onAccept={(request) => void settle(accept(request))}
            />
          )}
    </section>
  )
}

function Registered({ exception }: { readonly exception: ProblemException }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  return (
    <dl className="facts">
      <dt>{say(text.reason)}</dt>
      <dd>{exception.reason}</dd>
      <dt>{say(text.author)}</dt>
      <dd>{exception.author}</dd>
      <dt>{say(text.made)}</dt>
      <dd>{formatMoment(language, exception.made_at)}</dd>
      <dt>{say(text.until)}</dt>
      <dd>
        {exception.expires_on === null ? say(text.never) : formatDay(language, exception.expires_on, true)}
      </dd>
    </dl>
  )
}

interface FormProps {
  readonly problem: string
  readonly busy: boolean
  readonly onAccept: (request: AcceptRequest) => void
}

function AcceptForm({ problem, busy, onAccept }: FormProps): ReactNode {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [expires, setExpires] = useState<string | null>(null)
  if (!open)
    return (
      <>
        <p className="quiet">{say(text.explain)}</p>
        <div className="state-actions">
          <Button onClick={() => setOpen(true)}>{say(text.register)}</Button>
        </div>
      </>
    )
  return (
    <form
      className="exception-form"
      onSubmit={(event) => {
        event.preventDefault()
        onAccept({ problem, reason: reason.trim(), expires_on: expires })
      }}
    >
      <label>
        {say(text.reason)}
        <Input.TextArea
          rows={3}
          maxLength={2000}
          placeholder={say(text.reasonHint)}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <label>
        {say(text.expires)}
        <DatePicker
          format="YYYY-MM-DD"
          minDate={dayjs(addDays(today(), 1))}
          value={expires === null ? null : dayjs(expires)}
          onChange={(day) => setExpires(day?.format('YYYY-MM-DD') ?? null)}
        />
      </label>
      <div className="state-actions">
        <Button type="primary" htmlType="submit" loading={busy} disabled={reason.trim() === ''}>
          {say(text.save)}
        </Button>
        <Button disabled={busy} onClick={() => setOpen(false)}>
          {say(text.cancel)}
        </Button>
      </div>
    </form>
  )
}
