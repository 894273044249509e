/** Photos of an incident, stripped of everything but the picture. */
import { createHash } from 'node:crypto'
import type { AreaScope } from '../../db/areas.ts'
import { insertPhoto, type PhotoRow } from '../../db/incident-life.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError } from '../../errors.ts'
import { readPhoto } from '../../formats/photo.ts'
import { requireViewer } from '../authority.ts'
import { loadIncident } from './take-step.ts'

export const photoLimits = { bytes: 8_000_000, photos: 9, pixels: 60_000_000 } as const

/**
 * Whoever may write a note may add a photo; the same photo again changes nothing.
 * @throws AppError `forbidden`, `not_found`, `bad_input` (no picture, too many pixels), `conflict` (as many as there may be)
 */
export async function attachPhoto(
  db: Scoped,
  area: AreaScope,
  incident: string,
  given: Uint8Array,
  now: number,
): Promise<PhotoRow> {
  const viewer = requireViewer(db)
  const { row, life } = await loadIncident(db, area, incident, now)
  if (!life.actions.includes('note'))
    throw new AppError('forbidden', {
      zh: `${viewer.name} 不能为此事件添加照片`,
      en: `${viewer.name} may not add photos to this incident`,
    })
  const photo = readPhoto(given)
  if (!photo || photo.width * photo.height > photoLimits.pixels) throw badPhoto(photo !== undefined)
  const id = createHash('sha256').update(photo.bytes).digest('hex').slice(0, 32)
  const known = row.photos.find((one) => one.id === id)
  if (known) return known
  const added: PhotoRow = {
    id,
    type: photo.type,
    width: photo.width,
    height: photo.height,
    added_by: viewer.name,
    added_at: now,
  }
  const bytes = photo.bytes
  if (await insertPhoto(db, row.town_id, incident, { ...added, bytes }, photoLimits.photos)) return added
  throw new AppError('conflict', {
    zh: `一个事件最多 ${photoLimits.photos} 张照片`,
    en: `an incident has at most ${photoLimits.photos} photos`,
  })
}

const badPhoto = (isLarge: boolean): AppError =>
  new AppError('bad_input', { zh: '照片无法保存', en: 'the photo cannot be kept' }, [
    {
      code: isLarge ? 'photo_too_large' : 'photo_unreadable',
      place: { field: 'photo' },
      message: isLarge
        ? { zh: '照片像素过多', en: 'the photo has too many pixels' }
        : { zh: '不是完整的 JPEG 或 PNG 照片', en: 'it is no whole JPEG or PNG picture' },
    },
  ])
