/**
 * Photos as they are kept: the picture and nothing else. Cameras write beside it where and when it was taken, with which device and by
 * whom (Exif, XMP, IPTC, comments); all of that is dropped, but for which way up the picture is. Pure, on bytes.
 * JPEG: ITU-T T.81 annex B; Exif: CIPA DC-008; PNG: W3C, third edition.
 */

export interface Photo {
  readonly type: 'image/jpeg' | 'image/png'
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

/** Undefined: no JPEG or PNG, or a broken one. */
export function readPhoto(bytes: Uint8Array): Photo | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(bytes)
  return pngSignature.every((byte, i) => bytes[i] === byte) ? readPng(bytes) : undefined
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** What a picture is drawn with; the rest tells about its making. */
const pngChunks = ['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'iCCP', 'IDAT', 'IEND']

function readPng(bytes: Uint8Array): Photo | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept = [bytes.subarray(0, 8)]
  let size: { width: number; height: number } | undefined
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return undefined
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (name === 'IHDR' && end - at >= 25)
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (pngChunks.includes(name)) kept.push(bytes.subarray(at, end))
    if (name === 'IEND') return size && { type: 'image/png', bytes: joined(kept), ...size }
    at = end
  }
  return undefined
}

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function readJpeg(bytes: Uint8Array): Photo | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept: Uint8Array[] = []
  let size: { width: number; height: number } | undefined
  let upright = 1
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1]!
    // A marker may be preceded by any number of fill bytes.
    if (marker === 0xff) {
      at++
      continue
    }
    const end = at + 2 + view.getUint16(at + 2)
    if (end > bytes.length) return undefined
    if (marker === 0xe1) upright = orientationOf(view, at + 4, end) ?? upright
    if (isFrame(marker) && end - at >= 9)
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    // APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe's colour transform) are needed to draw it.
    const isAbout =
      (marker >= 0xe0 && marker <= 0xef && ![0xe0, 0xe2, 0xee].includes(marker)) || marker === 0xfe
    if (!isAbout) kept.push(bytes.subarray(at, end))
    if (marker === 0xda) {
      const last = lastMarker(bytes, end)
      if (!size || last < 0) return undefined
      kept.push(bytes.subarray(end, last + 2))
      const start = Uint8Array.of(0xff, 0xd8)
      const parts = upright === 1 ? [start, ...kept] : [start, orientationSegment(upright), ...kept]
      return { type: 'image/jpeg', bytes: joined(parts), ...size }
    }
    at = end
  }
  return undefined
}

/**
 * The end of the image, the first EOI after the scan: what phones append behind it (a second picture, a film) goes. Within
 * entropy-coded data 0xff is always stuffed with 0x00; later scans and tables of a progressive picture are markers with a length.
 */
function lastMarker(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue
    const marker = bytes[at + 1]!
    if (marker === 0xd9) return at
    const isWithin = marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7)
    if (!isWithin) at += 1 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
  }
  return -1
}

const exif = [0x45, 0x78, 0x69, 0x66, 0, 0]
const orientationTag = 0x0112

/** Exif tag Orientation, 1 to 8. */
function orientationOf(view: DataView, from: number, end: number): number | undefined {
  if (end - from < 22 || exif.some((byte, i) => view.getUint8(from + i) !== byte)) return undefined
  const tiff = from + 6
  const isLittle = view.getUint16(tiff) === 0x4949
  const directory = tiff + view.getUint32(tiff + 4, isLittle)
  if (directory + 2 > end) return undefined
  const entries = view.getUint16(directory, isLittle)
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i
    if (entry + 12 > end) return undefined
    if (view.getUint16(entry, isLittle) !== orientationTag) continue
    const value = view.getUint16(entry + 8, isLittle)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

/** An Exif segment with the orientation and nothing else. */
const orientationSegment = (value: number): Uint8Array =>
  Uint8Array.of(
    ...[0xff, 0xe1, 0, 34, ...exif],
    // TIFF, big-endian, its directory at 8: one entry, SHORT × 1; no further directory.
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
    ...[orientationTag >> 8, orientationTag & 0xff, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0],
  )

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
