/** A supervisor's word on a draft, with the reason; once given, who gave it and why. */
import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Warning } from '../../../../server/contract/warnings.ts'
import { decideWarning, type WarningDecision } from '../../../api-warnings.ts'
import { EntryForm, Field, ToggledForm, useSending } from '../../../frame/entry-form.tsx'
import { formatMoment } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { select, useStored } from '../../../state.ts'
import { refreshResources } from '../../../use-resource.ts'
import { useMayDecide } from './data.ts'
import { text } from './text.ts'

export function Decision({ warning }: { readonly warning: Warning }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const mayDecide = useMayDecide()
  return (
    <section aria-label={say(text.decision)}>
      <h2>{say(text.decision)}</h2>
      <p>
        <b>{say(text.states[warning.state])}</b>
      </p>
      {warning.state !== 'draft' && (
        <>
          <p className="quiet">
            {say(text.decidedBy, {
              who: warning.decided_by ?? '',
              when: formatMoment(language, warning.decided_at, true),
            })}
          </p>
          <p className="life-note">{warning.reason}</p>
          {warning.incident !== null && <OpenCase id={warning.incident} />}
        </>
      )}
      {warning.state === 'draft' && !mayDecide && <p className="quiet">{say(text.mayNot)}</p>}
      {warning.state === 'draft' && mayDecide && (
        <div className="entry-actions">
          {(['confirmed', 'dismissed'] as const).map((state) => (
            <ToggledForm key={state} label={say(decide[state])}>
              {(close) => <DecisionForm id={warning.id} state={state} onClose={close} />}
            </ToggledForm>
          ))}
        </div>
      )}
    </section>
  )
}

/** The way to the incident that a confirmed warning opened. */
function OpenCase({ id }: { readonly id: string }): ReactNode {
  const say = useSay()
  return (
    <div>
      <Button size="small" onClick={() => select({ kind: 'incident', id })}>
        {say(text.openCase, { id })}
      </Button>
    </div>
  )
}

const decide = { confirmed: text.confirm, dismissed: text.dismiss } as const

interface FormProps {
  readonly id: string
  readonly state: WarningDecision['state']
  readonly onClose: () => void
}

function DecisionForm({ id, state, onClose }: FormProps): ReactNode {
  const say = useSay()
  const area = useArea()
  const [reason, setReason] = useState('')
  const sending = useSending<'reason'>({ reason: 'reason' }, () => {
    refreshResources()
    onClose()
  })
  if (!area) return null
  const faults = reason.trim() === '' ? { reason: text.required } : {}
  return (
    <EntryForm
      label={say(decide[state])}
      sending={sending}
      onCancel={onClose}
      onSend={() =>
        sending.send(faults, () => decideWarning(area.code, id, { state, reason: reason.trim() }))
      }
    >
      <Field label={say(text.reason)} hint={say(text.reasonHint)} fault={sending.faults.reason}>
        {(aria) => (
          <Input.TextArea
            {...aria}
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </EntryForm>
  )
}
