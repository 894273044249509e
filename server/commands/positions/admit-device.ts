/** Whether a device may report: known, not disabled, and with its key where it has one. */

import type { Message } from '../../core/values.ts'
import type { KnownDevice } from '../../db/devices.ts'
import { type AppError, badRequest, unauthenticated } from '../../errors.ts'
import { hashOfSecret } from '../users/secrets.ts'

/**
 * @param device what was found under the id that was shown; undefined: nothing
 * @throws AppError `bad_request` for a device unknown or disabled, which is what clients of the OsmAnd protocol expect;
 *   `unauthenticated` without its key
 */
export function admitDevice(
  device: KnownDevice | undefined,
  shownId: string,
  key: string | undefined,
): KnownDevice {
  const shown = shownId.slice(0, 80)
  if (!device)
    throw refused('device_unknown', shown, {
      zh: `设备 ${shown} 没有登记，不予接收；请督导登记：wangge device add`,
      en: `the device ${shown} is not known; have a supervisor add it: wangge device add`,
    })
  if (device.isDisabled)
    throw refused('device_disabled', shown, {
      zh: `设备 ${shown} 已停用，不予接收`,
      en: `the device ${shown} is disabled; what it reports is not taken`,
    })
  if (device.keyHash !== null && (key === undefined || hashOfSecret(key) !== device.keyHash))
    throw unauthenticated({
      zh: `设备 ${shown} 须出示其密钥：地址中的 ?key=…、Bearer 令牌，或口令`,
      en: `the device ${shown} must show its key: as ?key=… in the address, as bearer token or as password`,
    })
  return device
}

const refused = (code: string, id: string, message: Message): AppError =>
  badRequest(message, [{ code, place: { field: 'id' }, message, value: id }])
