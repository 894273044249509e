/** The form that sets a policy from a day on. */
import { App, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Policies } from '../../../server/contract/policies.ts'
import { setPolicy } from '../../api.ts'
import { useSay } from '../../i18n/use-say.ts'
import { today } from '../../period.ts'
import { refreshResources } from '../../use-resource.ts'
import { EntryForm, type Faults, Field, useSending } from '../entry-form.tsx'
import { text } from './text.ts'

/** What is usual for a kind, to begin with. */
const examples: Readonly<Record<PolicyKind, object>> = {
  division: { households: { from: 300, to: 500 } },
  patrol: { preset: '004', rules: [{ rule: 'hours', required: 4 }] },
  assessment: { preset: 'places-first' },
  obligation: { preset: 'places-first' },
  evidence: { off: ['vehicle'] },
  retention: { raw_days: 90 },
  privacy: { least_households: 5 },
  warning: { recurrence_days: 365 },
  incident: { answerWorkingDays: 5, takeOnWorkingDays: 3, emergencyMinutes: 30 },
}

interface Props {
  readonly kind: PolicyKind
  readonly area: string
  readonly standing: Policies['policies'][number] | undefined
  readonly onClose: () => void
}

type Name = 'name' | 'from' | 'rules' | 'reason'

export function PolicyForm({ kind, area, standing, onClose }: Props): ReactNode {
  const say = useSay()
  const { message } = App.useApp()
  const [name, setName] = useState(standing?.name ?? '')
  const [from, setFrom] = useState(today())
  const [rules, setRules] = useState(JSON.stringify(standing?.rules ?? examples[kind], null, 2))
  const [reason, setReason] = useState('')
  const sending = useSending<Name>({ name: 'name', from: 'from', rules: 'rules', reason: 'reason' }, () => {
    refreshResources()
    onClose()
  })
  const send = (): Promise<void> => {
    const parsed = parse(rules)
    const faults: Faults<Name> = {
      ...(name.trim() === '' && { name: text.missing }),
      ...(from === '' && { from: text.missing }),
      ...(parsed === undefined && { rules: text.notJson }),
      ...(reason.trim() === '' && { reason: text.missing }),
    }
    return sending.send(faults, async () => {
      const { stale_days } = await setPolicy(area, { kind, name, from, rules: parsed, reason })
      void message.success(say(text.done, { n: stale_days }))
    })
  }
  const { faults } = sending
  return (
    <EntryForm label={say(text.set)} sending={sending} onSend={send} onCancel={onClose}>
      <Field label={say(text.name)} fault={faults.name}>
        {(aria) => (
          <Input {...aria} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label={say(text.from)} fault={faults.from}>
        {(aria) => (
          <Input {...aria} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        )}
      </Field>
      <Field
        label={say(text.rules)}
        hint={say(text.rulesHint, { example: JSON.stringify(examples[kind]) })}
        fault={faults.rules}
      >
        {(aria) => (
          <Input.TextArea
            {...aria}
            className="policy-rules"
            autoSize={{ minRows: 4, maxRows: 16 }}
            spellCheck={false}
            value={rules}
            onChange={(event) => setRules(event.target.value)}
          />
        )}
      </Field>
      <Field label={say(text.reason)} hint={say(text.reasonHint)} fault={faults.reason}>
        {(aria) => (
          <Input
            {...aria}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </EntryForm>
  )
}

/** The object that a text is; undefined: it is none. */
function parse(rules: string): object | undefined {
  try {
    const value: unknown = JSON.parse(rules)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

export type PolicyKind = Policies['policies'][number]['kind']
