/** Forms in the drawer: opened by a button that gets the focus back, errors beside their fields, one request at a time. */
import { Button } from 'antd'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Message } from '../../server/core/values.ts'
import type { ApiError } from '../api-error.ts'
import { useSay } from '../i18n/use-say.ts'
import { Failed } from './states.tsx'
import { text } from './text.ts'

interface ToggledFormProps {
  readonly label: string
  /** For those who do not see what stands beside the button. */
  readonly title?: string
  readonly size?: 'small'
  readonly children: (close: () => void) => ReactNode
}

/** A button; pressed, the form in its place with the focus in its first field. Esc and the form's own ending bring the button back, with the focus. */
export function ToggledForm({ label, title, size, children }: ToggledFormProps): ReactNode {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>('input, textarea')?.focus()
    else if (wasOpen.current) button.current?.focus()
    wasOpen.current = open
  }, [open])
  if (!open)
    return (
      <Button ref={button} {...(size && { size })} aria-label={title ?? label} onClick={() => setOpen(true)}>
        {label}
      </Button>
    )
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc anywhere in the form
    <div
      ref={box}
      className="entry"
      onKeyDown={(event) => {
        const isPopupOpen = (event.target as HTMLElement).getAttribute('aria-expanded') === 'true'
        if (event.key !== 'Escape' || isPopupOpen) return
        // Else the drawer would close as well.
        event.preventDefault()
        event.nativeEvent.stopImmediatePropagation()
        setOpen(false)
      }}
    >
      {children(() => setOpen(false))}
    </div>
  )
}

/** What is wrong with a form before it is sent: by field. */
export type Faults<Field extends string> = Readonly<Partial<Record<Field, Message>>>

export interface Sending<Field extends string> {
  readonly busy: boolean
  /** Why the server refused; what belongs to a field stands beside it. */
  readonly error: ApiError | null
  readonly faults: Faults<Field>
  /** Sends unless something is wrong already. */
  readonly send: (faults: Faults<Field>, step: () => Promise<unknown>) => Promise<void>
}

/** @param fields what the server calls them, and the form */
export function useSending<Field extends string>(
  fields: Readonly<Record<string, Field>>,
  onDone: () => void,
): Sending<Field> {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const [faults, setFaults] = useState({} as Faults<Field>)
  return {
    busy,
    error: error && !error.flaws.some(({ place }) => fields[place.field ?? ''] !== undefined) ? error : null,
    faults,
    async send(found, step) {
      setFaults(found)
      setError(null)
      if (Object.keys(found).length > 0) return
      setBusy(true)
      try {
        await step()
        onDone()
      } catch (thrown) {
        const refused = thrown as ApiError
        setError(refused)
        setFaults(faultsOf(refused, fields))
      } finally {
        setBusy(false)
      }
    },
  }
}

function faultsOf<Field extends string>(
  { flaws }: ApiError,
  fields: Readonly<Record<string, Field>>,
): Faults<Field> {
  const found: Partial<Record<Field, Message>> = {}
  for (const { place, message } of flaws) {
    const field = fields[place.field ?? '']
    if (field !== undefined) found[field] ??= message
  }
  return found
}

interface FieldProps {
  readonly label: string
  readonly hint?: string
  readonly fault: Message | undefined
  /** The control, which takes the id of its label and what describes it. */
  readonly children: (aria: {
    readonly id: string
    readonly 'aria-invalid': boolean
    readonly 'aria-describedby': string
    readonly status?: 'error'
  }) => ReactNode
}

/** A control with its label; what is wrong with it stands below, where the hint stood. */
export function Field({ label, hint, fault, children }: FieldProps): ReactNode {
  const say = useSay()
  const id = useId()
  return (
    <div className="entry-field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': fault !== undefined,
        'aria-describedby': `${id}-said`,
        ...(fault && { status: 'error' as const }),
      })}
      <p id={`${id}-said`} className={fault ? 'entry-fault' : 'quiet'} role={fault ? 'alert' : undefined}>
        {fault ? say(fault) : hint}
      </p>
    </div>
  )
}

interface EntryFormProps {
  readonly sending: Pick<Sending<string>, 'busy' | 'error' | 'faults'>
  readonly onSend: () => Promise<void>
  /** On the button that sends. */
  readonly label: string
  readonly onCancel: () => void
  readonly children: ReactNode
}

/** Fields, why they were refused as a whole, send and cancel. The first field at fault gets the focus. */
export function EntryForm({ sending, onSend, label, onCancel, children }: EntryFormProps): ReactNode {
  const say = useSay()
  const form = useRef<HTMLFormElement>(null)
  const { busy, error, faults } = sending
  useEffect(() => {
    if (Object.keys(faults).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [faults])
  return (
    <form
      ref={form}
      className="entry-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void onSend()
      }}
    >
      {children}
      {error && <Failed error={error} />}
      <div className="state-actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {label}
        </Button>
        <Button disabled={busy} onClick={onCancel}>
          {say(text.cancel)}
        </Button>
      </div>
    </form>
  )
}
