/** Photos of an incident, and the way to add one. */
import { Button } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import type { IncidentLifeAnswer } from '../../../../server/contract/incident-life.ts'
import type { ApiError } from '../../../api-error.ts'
import { attachIncidentPhoto, photoAddress } from '../../../api-incidents.ts'
import { Failed } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { refreshResources } from '../../../use-resource.ts'
import { text } from './text.ts'

export function Photos({ incident }: { readonly incident: IncidentLifeAnswer }): ReactNode {
  const say = useSay()
  const area = useArea()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const mayAdd = incident.actions.includes('note')
  if (!area || (incident.photos.length === 0 && !mayAdd)) return null
  const add = async (photo: File | undefined): Promise<void> => {
    if (!photo) return
    setBusy(true)
    setError(null)
    try {
      await attachIncidentPhoto(area.code, incident.id, photo)
      refreshResources()
    } catch (thrown) {
      setError(thrown as ApiError)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section aria-label={say(text.photos)}>
      <h2>{say(text.photos)}</h2>
      {incident.photos.length > 0 && (
        <div className="photos">
          {incident.photos.map((one, i) => {
            const address = photoAddress(area.code, incident.id, one.id)
            return (
              <a key={one.id} href={address} target="_blank" rel="noreferrer">
                <img
                  src={address}
                  loading="lazy"
                  alt={say(text.photoOf, { n: formatNumber(i + 1), who: one.by })}
                />
              </a>
            )
          })}
        </div>
      )}
      {mayAdd && (
        <>
          <input
            ref={input}
            type="file"
            hidden
            accept="image/jpeg,image/png"
            aria-label={say(text.addPhoto)}
            onChange={(event) => {
              void add(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <div className="entry-actions">
            <Button size="small" loading={busy} onClick={() => input.current?.click()}>
              {say(text.addPhoto)}
            </Button>
          </div>
          <p className="quiet">{say(text.photoHint)}</p>
        </>
      )}
      {error && <Failed error={error} />}
    </section>
  )
}
