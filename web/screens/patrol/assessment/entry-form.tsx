/** Forms in the drawer: opened by a button that gets the focus back, errors beside their fields, one request at a time. */
import { Button } from 'antd'
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import type { Message } from '../../../../server/core/values.ts'
import type { ApiError } from '../../../api-error.ts'
import { Failed } from '../../../frame/states.tsx'
import { useSay } from '../../../i18n/use-say.ts'
import { text } from './entry-text.ts'

interface ToggledFormProps {
  readonly label: string
  /** For those who do not see what stands beside the button. */
  readonly title?: string
  readonly size?: 'small'
  readonly children: (close: () => void) => ReactNode
}

/** A button; pressed, the form in its place. Esc and the form's own ending bring the button back, with the focus. */
export function ToggledForm({ label, title, size, children }: ToggledFormProps): ReactNode {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    if (!open && wasOpen.current) button.current?.focus()
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
  /** Of the form itself. */
  readonly form: RefObject<HTMLFormElement | null>
  readonly busy: boolean
  /** Why the server refused; what belongs to a field stands beside it. */
  readonly error: ApiError | null
  readonly faultOf: (field: Field) => Message | undefined
  /** Sends unless something is wrong; then the first field at fault gets the focus. */
  readonly send: (faults: Faults<Field>, step: () => Promise<unknown>) => Promise<void>
}

/** @param fields what the server calls them, and the form */
export function useSending<Field extends string>(
  fields: Readonly<Record<string, Field>>,
  onDone: () => void,
): Sending<Field> {
  const form = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const [faults, setFaults] = useState({} as Faults<Field>)
  useEffect(() => {
    if (Object.keys(faults).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [faults])
  return {
    form,
    busy,
    error: error && !error.flaws.some(({ place }) => fields[place.field ?? ''] !== undefined) ? error : null,
    faultOf: (field) => faults[field],
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

/** The end of a form: why it was refused as a whole, send and cancel. */
export function FormEnd({
  label,
  sending,
  onCancel,
}: {
  readonly label: string
  readonly sending: Pick<Sending<string>, 'busy' | 'error'>
  readonly onCancel: () => void
}): ReactNode {
  const say = useSay()
  return (
    <>
      {sending.error && <Failed error={sending.error} />}
      <div className="state-actions">
        <Button type="primary" htmlType="submit" loading={sending.busy}>
          {label}
        </Button>
        <Button disabled={sending.busy} onClick={onCancel}>
          {say(text.cancel)}
        </Button>
      </div>
    </>
  )
}
