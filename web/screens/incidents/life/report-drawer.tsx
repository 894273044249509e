/** 上报事件: what happened where, who told, with photos; afterwards the incident itself is shown. */
import { App, Button, Input, Segmented, Select } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import type { LngLat } from '../../../../server/core/values.ts'
import { api } from '../../../api.ts'
import { attachIncidentPhoto, reportIncident } from '../../../api-incidents.ts'
import { DrawerShell } from '../../../frame/drawer.tsx'
import { EntryForm, type Faults, Field, useSending } from '../../../frame/entry-form.tsx'
import { Loading } from '../../../frame/states.tsx'
import { formatPosition } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { navigate, readState, select } from '../../../state.ts'
import { refreshResources, useResource } from '../../../use-resource.ts'
import { text as screenText } from '../text.ts'
import { type Draft, emptyDraft, faultsOf, type ReportField, reportOf } from './draft.ts'
import { mapCentre, useSpot } from './spot.ts'
import { SubjectField } from './subject-field.tsx'
import { text } from './text.ts'

export function ReportDrawer(): ReactNode {
  const say = useSay()
  const area = useArea()
  return (
    <DrawerShell kind={say(text.incident)} title={say(text.report)}>
      {area ? <ReportForm area={area.code} /> : <Loading />}
    </DrawerShell>
  )
}

function ReportForm({ area }: { readonly area: string }): ReactNode {
  const say = useSay()
  const { message } = App.useApp()
  const policy = useResource(api.incidentPolicy(area)).data
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(Date.now()))
  const [photos, setPhotos] = useState<readonly File[]>([])
  const files = useRef<HTMLInputElement>(null)
  const [spot, setSpot] = useSpot()
  const sending = useSending<ReportField>(
    {
      category: 'category',
      occurred_at: 'occurred',
      description: 'description',
      position: 'position',
      lon: 'position',
      household: 'household',
      place: 'place',
    },
    refreshResources,
  )
  const session = useResource(api.session()).data
  // A worker enters their own visit; others say whose it was.
  const own = session?.role === 'worker' ? session.worker : null
  const change = (patch: Partial<Draft>): void => setDraft((before) => ({ ...before, ...patch }))
  const step = async (): Promise<void> => {
    const { id, receipt } = await reportIncident(area, reportOf(draft, spot))
    // The incident is there, whatever becomes of its photos: they can be added again in its drawer.
    const sent = await Promise.allSettled(photos.map((one) => attachIncidentPhoto(area, id, one)))
    if (sent.some(({ status }) => status === 'rejected')) message.warning(say(text.photoFailed))
    else message.success(say(text.reported, { n: receipt }))
    const { spot: _, ...choices } = readState().address.choices
    navigate({ choices, selection: { kind: 'incident', id } })
  }
  /** A control for a line of text. */
  const line = (name: 'reporter' | 'contact' | 'worker', hint?: string): ReactNode => (
    <Field label={say(text[name])} {...(hint !== undefined && { hint })} fault={sending.faults[name]}>
      {(aria) => (
        <Input
          {...aria}
          maxLength={100}
          value={draft[name]}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <EntryForm
      label={say(text.report)}
      sending={sending}
      onCancel={() => select(null)}
      onSend={() => sending.send(faultsOf(draft, spot), step)}
    >
      <Field label={say(text.category)} fault={sending.faults.category}>
        {(aria) => (
          <Select
            {...aria}
            value={draft.category || null}
            placeholder={say(text.category)}
            options={(policy?.categories ?? []).map((one) => ({ value: one.code, label: say(one.title) }))}
            onChange={(category) => change({ category: category ?? '' })}
          />
        )}
      </Field>
      <Field label={say(text.description)} fault={sending.faults.description}>
        {(aria) => (
          <Input.TextArea
            {...aria}
            rows={3}
            maxLength={2000}
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
          />
        )}
      </Field>
      <SpotField spot={spot} onChoose={setSpot} fault={spot ? undefined : sending.faults.position} />
      <Field label={say(text.urgency)} fault={undefined}>
        {({ id }) => (
          <Segmented
            id={id}
            size="small"
            aria-label={say(text.urgency)}
            value={draft.urgency}
            options={(['category', 'ordinary', 'emergency'] as const).map((value) => ({
              value,
              label: say(text.urgencies[value]),
            }))}
            onChange={(urgency) => change({ urgency })}
          />
        )}
      </Field>
      <Field label={say(text.severity)} fault={undefined}>
        {({ id }) => (
          <Segmented
            id={id}
            size="small"
            aria-label={say(text.severity)}
            value={draft.severity}
            options={(['', 'low', 'medium', 'high'] as const).map((value) => ({
              value,
              label: say(value === '' ? text.unknown : screenText.severities[value]),
            }))}
            onChange={(severity) => change({ severity })}
          />
        )}
      </Field>
      <Field label={say(text.occurred)} fault={sending.faults.occurred}>
        {(aria) => (
          <Input
            {...aria}
            value={draft.occurred}
            onChange={(event) => change({ occurred: event.target.value })}
          />
        )}
      </Field>
      <div className="entry-row">
        {(['household', 'place'] as const).map((kind) => (
          <SubjectField
            key={kind}
            area={area}
            kind={kind}
            value={draft[kind]}
            fault={sending.faults[kind]}
            onChoose={(id) => change({ [kind]: id })}
          />
        ))}
      </div>
      {session?.role !== 'worker'
        ? line('worker', say(text.workerHint))
        : own && <p className="quiet">{say(text.ownVisit, { id: own.id })}</p>}
      <div className="entry-row">
        {line('reporter', say(text.reporterHint))}
        {line('contact')}
      </div>
      <Field label={say(text.photos)} hint={say(text.photoHint)} fault={undefined}>
        {({ id, 'aria-describedby': described }) => (
          <div className="entry-actions">
            <input
              ref={files}
              aria-label={say(text.addPhoto)}
              type="file"
              hidden
              multiple
              accept="image/jpeg,image/png"
              onChange={(event) => setPhotos([...(event.target.files ?? [])])}
            />
            <Button id={id} aria-describedby={described} size="small" onClick={() => files.current?.click()}>
              {say(text.addPhoto)}
            </Button>
            <output className="quiet">{photos.map(({ name }) => name).join('、')}</output>
          </div>
        )}
      </Field>
    </EntryForm>
  )
}

interface SpotProps {
  readonly spot: LngLat | null
  readonly onChoose: (spot: LngLat) => void
  readonly fault: Faults<ReportField>['position']
}

function SpotField({ spot, onChoose, fault }: SpotProps): ReactNode {
  const say = useSay()
  const { message } = App.useApp()
  const locate = (): void =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => onChoose([coords.longitude, coords.latitude]),
      () => void message.warning(say(text.noGeolocation)),
      { enableHighAccuracy: true, timeout: 15_000 },
    )
  const centre = mapCentre()
  return (
    <Field label={say(text.position)} hint={say(text.reportHere)} fault={fault}>
      {({ id }) => (
        <div id={id} className="entry-actions">
          <output>{spot === null ? say(text.noPosition) : formatPosition(spot[0], spot[1])}</output>
          {/* Browsers tell a position only to pages that came over https, or from this very machine. */}
          {isSecureContext && 'geolocation' in navigator && (
            <Button size="small" onClick={locate}>
              {say(text.myPosition)}
            </Button>
          )}
          {centre && (
            <Button size="small" onClick={() => onChoose(centre)}>
              {say(text.mapCentre)}
            </Button>
          )}
        </div>
      )}
    </Field>
  )
}
