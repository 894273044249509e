/** What the person may do next, as buttons; each asks for what has to be said with it. */
import { Input } from 'antd'
import { type ReactNode, useState } from 'react'
import type { IncidentLifeAnswer } from '../../../../server/contract/incident-life.ts'
import { type IncidentAction, transitionOf } from '../../../../server/core/incidents/life.ts'
import { takeIncidentStep } from '../../../api-incidents.ts'
import { EntryForm, type Faults, Field, ToggledForm, useSending } from '../../../frame/entry-form.tsx'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { refreshResources } from '../../../use-resource.ts'
import { text } from './text.ts'

export function Actions({ incident }: { readonly incident: IncidentLifeAnswer }): ReactNode {
  const say = useSay()
  const area = useArea()
  if (!area) return null
  return (
    <section aria-label={say(text.next)}>
      <h2>{say(text.next)}</h2>
      {incident.actions.length === 0 && <p className="quiet">{say(text.noNext)}</p>}
      <div className="entry-actions">
        {incident.actions.map((action) => (
          // Another state, another form: what was typed for the one does not fit the other.
          <ToggledForm key={`${action} ${incident.state}`} label={say(text.actions[action])}>
            {(close) => <StepForm area={area.code} incident={incident} action={action} onClose={close} />}
          </ToggledForm>
        ))}
      </div>
    </section>
  )
}

interface FormProps {
  readonly area: string
  readonly incident: IncidentLifeAnswer
  readonly action: IncidentAction
  readonly onClose: () => void
}

function StepForm({ area, incident, action, onClose }: FormProps): ReactNode {
  const say = useSay()
  const [note, setNote] = useState('')
  const [assignee, setAssignee] = useState('')
  // What the person saw when the form was opened, not what came in meanwhile.
  const [revision] = useState(incident.revision)
  const needs = transitionOf(action, incident.state)?.needs ?? []
  const sending = useSending<'note' | 'assignee'>({ note: 'note', assignee: 'assignee' }, () => {
    refreshResources()
    onClose()
  })
  const faults = (): Faults<'note' | 'assignee'> => ({
    ...(needs.includes('note') && note.trim() === '' && { note: text.required }),
    ...(needs.includes('assignee') && assignee.trim() === '' && { assignee: text.required }),
  })
  return (
    <EntryForm
      label={say(text.actions[action])}
      sending={sending}
      onCancel={onClose}
      onSend={() =>
        sending.send(faults(), () =>
          takeIncidentStep(area, incident.id, {
            action,
            revision,
            ...(note.trim() !== '' && { note: note.trim() }),
            ...(assignee.trim() !== '' && { assignee: assignee.trim() }),
          }),
        )
      }
    >
      {needs.includes('assignee') && (
        <Field label={say(text.assignee)} hint={say(text.assigneeHint)} fault={sending.faults.assignee}>
          {(aria) => (
            <Input
              {...aria}
              maxLength={100}
              value={assignee}
              onChange={(event) => setAssignee(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field
        label={say(needs.includes('note') ? text.noteOf : text.noteOptional)}
        fault={sending.faults.note}
      >
        {(aria) => (
          <Input.TextArea
            {...aria}
            rows={3}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </EntryForm>
  )
}
