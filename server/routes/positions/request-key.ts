/** What a device shows beside its id. */
import type { IncomingHttpHeaders } from 'node:http'

export interface Credentials {
  readonly user?: string
  readonly key?: string
}

/** The key of a device's request: of the address, of a bearer token, or the password of basic authentication (RFC 7617). */
export function credentialsOf(
  { authorization = '' }: Pick<IncomingHttpHeaders, 'authorization'>,
  keyInAddress: string | undefined,
): Credentials {
  const basic = /^Basic +([\w+/-]+=*) *$/i.exec(authorization)?.[1]
  const [, user, password] = /^([^:]*):(.*)$/s.exec(basic === undefined ? '' : fromBase64(basic)) ?? []
  const bearer = /^Bearer +(\S+) *$/i.exec(authorization)?.[1]
  const key = keyInAddress ?? bearer ?? (password === '' ? undefined : password)
  return {
    ...(user !== undefined && user !== '' && { user }),
    ...(key !== undefined && { key }),
  }
}

const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8')
