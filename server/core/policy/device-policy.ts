/** What the id and the key of a device must be. */
import type { Flaw } from '../values.ts'

export const longestDeviceId = 128
const keyLength = { least: 6, most: 128 } as const

/**
 * The id as it is kept and compared. A JT/T 808 header pads the terminal's number with zeros to 12 digits (2013) or 20 (2019):
 * without them it is one id in both.
 */
export const normaliseDeviceId = (kind: string, id: string): string =>
  kind === 'jt808'
    ? id
        .trim()
        .toLowerCase()
        .replace(/^0+(?=.)/, '')
    : id.trim()

/** What is wrong with an id that was normalised, and with a key (null: none is asked for). */
export function deviceFlaws(id: string, key: string | null): Flaw[] {
  const flaws: Flaw[] = []
  if (!/^[^\s\p{Cc},]+$/u.test(id) || id.length > longestDeviceId)
    flaws.push({
      code: 'device_id_malformed',
      place: { field: 'id' },
      message: {
        zh: `设备编号应为 1–${longestDeviceId} 个字符，不含空格与逗号`,
        en: `the id of a device is 1 to ${longestDeviceId} characters without spaces and commas`,
      },
      value: id.slice(0, 80),
    })
  if (
    key !== null &&
    (!/^[\x21-\x7e]+$/.test(key) || key.length < keyLength.least || key.length > keyLength.most)
  )
    flaws.push({
      code: 'device_key_malformed',
      place: { field: 'key' },
      message: {
        zh: `设备密钥应为 ${keyLength.least}–${keyLength.most} 个 ASCII 字符，不含空格`,
        en: `the key of a device is ${keyLength.least} to ${keyLength.most} ASCII characters without spaces`,
      },
    })
  return flaws
}
