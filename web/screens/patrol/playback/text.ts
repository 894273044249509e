/** Texts of the playback. */
import type { Texts } from '../../../i18n/language.ts'

export const text = {
  play: { zh: '回放', en: 'Play' },
  pause: { zh: '暂停', en: 'Pause' },
  speed: { zh: '回放速度', en: 'Speed' },
  times: { zh: '{n}×', en: '{n}×' },
  key: { zh: '回放或暂停这一天', en: 'Play or pause the day' },
} as const satisfies Texts
