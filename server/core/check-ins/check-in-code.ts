/** What a QR or NFC code at a door says: `wangge:<town>:<kind>:<id>:<mac>`, each part percent-encoded. */

export const checkInKinds = ['household', 'place', 'building'] as const
export type CheckInKind = (typeof checkInKinds)[number]

export interface CheckInSubject {
  readonly town: string
  readonly kind: CheckInKind
  readonly id: string
}

/** What the code's MAC is made over: the code without it. */
export const unsignedCode = ({ town, kind, id }: CheckInSubject): string =>
  ['wangge', town, kind, id].map(encodeURIComponent).join(':')

export const checkInCode = (subject: CheckInSubject, mac: string): string => `${unsignedCode(subject)}:${mac}`

/** Reads a code; undefined where the text is none. Whether its MAC is right is another question. */
export function readCheckInCode(text: string): { subject: CheckInSubject; mac: string } | undefined {
  const parts = text.trim().split(':')
  const [scheme, town, kindText, id, mac] = parts.map(decoded)
  const kind = checkInKinds.find((one) => one === kindText)
  if (parts.length !== 5 || scheme !== 'wangge' || !town || !kind || !id || !mac) return undefined
  return { subject: { town, kind, id }, mac }
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
