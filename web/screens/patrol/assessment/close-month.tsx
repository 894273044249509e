/** Signing a month off for everybody, and taking it up again with a reason, for one or for all. */
import { Button, Input, Popconfirm } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Assessments } from '../../../../server/contract/assessment.ts'
import { closeMonth, reopenMonth } from '../../../api-assessment.ts'
import type { ApiError } from '../../../api-error.ts'
import { EntryForm, Field, ToggledForm, useSending } from '../../../frame/entry-form.tsx'
import { Failed } from '../../../frame/states.tsx'
import { formatMonth } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useStored } from '../../../state.ts'
import { refreshResources } from '../../../use-resource.ts'
import { nothingWords, useMayAssess } from './data.ts'
import { text } from './text.ts'

/** With a remark, if there is one. Offered to those who may, once the month is over and not closed for everybody. */
export function CloseButton({ data }: { readonly data: Assessments }): ReactNode {
  const say = useSay()
  const area = useArea()
  const language = useStored((state) => state.language)
  const mayClose = useMayAssess()
  const [failed, setFailed] = useState<ApiError | null>(null)
  const [remark, setRemark] = useState('')
  const canClose =
    data.sheets.every((one) => one.is_over) && data.sheets.some((one) => one.closed_by === null)
  if (!mayClose || !canClose || !area) return null
  const close = async (): Promise<void> => {
    setFailed(null)
    try {
      const said = remark.trim()
      await closeMonth(area.code, data.month, said === '' ? null : said)
      setRemark('')
      refreshResources()
    } catch (thrown) {
      setFailed(thrown as ApiError)
    }
  }
  const nothing = nothingWords(data.sheets, say)
  return (
    <>
      <Popconfirm
        title={`${say(text.close)} · ${formatMonth(language, data.month)}`}
        description={
          <div className="confirm-body">
            {nothing && <p className="notice">{nothing}</p>}
            <p>{say(text.closing)}</p>
            <Input
              aria-label={say(text.closingRemark)}
              placeholder={say(text.closingRemark)}
              maxLength={2000}
              value={remark}
              onChange={(event) => setRemark(event.target.value)}
            />
          </div>
        }
        okText={say(text.close)}
        onConfirm={() => void close()}
      >
        <Button>{say(text.close)}</Button>
      </Popconfirm>
      {failed && <Failed error={failed} />}
    </>
  )
}

interface ReopenProps {
  readonly month: string
  /** Null: everybody of the area for whom it is closed. */
  readonly worker: string | null
}

/** Offered to those who may, where the month is closed. */
export function Reopen({ month, worker }: ReopenProps): ReactNode {
  const say = useSay()
  const area = useArea()
  const mayReopen = useMayAssess()
  if (!area || !mayReopen) return null
  return (
    <ToggledForm label={say(worker === null ? text.reopenAll : text.reopen)}>
      {(close) => <ReopenForm area={area.code} month={month} worker={worker} onClose={close} />}
    </ToggledForm>
  )
}

interface FormProps extends ReopenProps {
  readonly area: string
  readonly onClose: () => void
}

function ReopenForm({ area, month, worker, onClose }: FormProps): ReactNode {
  const say = useSay()
  const [reason, setReason] = useState('')
  const sending = useSending<'reason'>({ reason: 'reason' }, () => {
    refreshResources()
    onClose()
  })
  return (
    <EntryForm
      label={say(worker === null ? text.reopenAll : text.reopen)}
      sending={sending}
      onCancel={onClose}
      onSend={() => {
        const said = reason.trim()
        return sending.send(said === '' ? { reason: text.reopenReason } : {}, () =>
          reopenMonth(area, month, worker, said),
        )
      }}
    >
      <Field label={say(text.reopenReason)} fault={sending.faults.reason}>
        {(aria) => (
          <Input
            {...aria}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </EntryForm>
  )
}
