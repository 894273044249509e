import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPhoto } from '../../server/formats/photo.ts'

const ascii = (text: string): number[] => [...text].map((one) => one.charCodeAt(0))
const segment = (marker: number, body: readonly number[]): number[] => [
  0xff,
  marker,
  (body.length + 2) >> 8,
  (body.length + 2) & 0xff,
  ...body,
]
/** Little-endian Exif with an orientation and a place (GPS IFD), as a phone writes it. */
const exif = (orientation: number): number[] =>
  segment(0xe1, [
    ...ascii('Exif'),
    ...[0, 0, 0x49, 0x49, 42, 0, 8, 0, 0, 0, 2, 0],
    ...[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0],
    ...[0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0],
    ...ascii('GPS 29.9N 119.6E'),
  ])
const frame = segment(0xc0, [8, 0, 30, 0, 40, 1, 1, 0x11, 0])
const scan = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]
const jpeg = (...parts: number[][]): Uint8Array =>
  Uint8Array.from([0xff, 0xd8, ...parts.flat(), ...scan, 0xff, 0xd9])

describe('a JPEG', () => {
  it('loses place, owner and comment, and what is appended; it stays the right way up', () => {
    const taken = jpeg(
      segment(0xe0, ascii('JFIF\0')),
      exif(6),
      segment(0xe1, ascii('http://ns.adobe.com/xap/1.0/\0GPS')),
      segment(0xed, ascii('Photoshop 3.0 owner')),
      segment(0xfe, ascii('owner')),
      frame,
    )
    const photo = readPhoto(Uint8Array.from([...taken, ...ascii('a film with a place: GPS')]))
    expect(photo).toMatchObject({ type: 'image/jpeg', width: 40, height: 30 })
    const text = Buffer.from(photo!.bytes).toString('latin1')
    expect(text).not.toMatch(/GPS|owner|Photoshop|adobe/)
    expect(text).toContain('JFIF')
    // What is kept says 6 again, to whoever reads it as this did; and keeping it once more changes nothing.
    expect(readPhoto(photo!.bytes)?.bytes).toEqual(photo!.bytes)
    const plain = readPhoto(jpeg(segment(0xe0, ascii('JFIF\0')), frame))!
    expect(photo!.bytes.length).toBe(plain.bytes.length + 36)
    expect(plain.bytes).toEqual(jpeg(segment(0xe0, ascii('JFIF\0')), frame))
  })

  it('that breaks off, or has no size, is none', () => {
    const whole = jpeg(exif(1), frame)
    for (const length of [2, 5, 40, whole.length - 2])
      expect(readPhoto(whole.subarray(0, length))).toBeUndefined()
    expect(readPhoto(jpeg(exif(1)))).toBeUndefined()
  })
})

describe('a PNG', () => {
  const chunk = (name: string, body: readonly number[]): number[] => [
    ...[body.length >> 24, (body.length >> 16) & 0xff, (body.length >> 8) & 0xff, body.length & 0xff],
    ...ascii(name),
    ...body,
    // The checksum is nobody's business here: it is kept as it came.
    ...[1, 2, 3, 4],
  ]
  const png = (...parts: number[][]): Uint8Array =>
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...parts.flat()])
  const head = chunk('IHDR', [0, 0, 0, 7, 0, 0, 0, 9, 8, 0, 0, 0, 0])
  const data = chunk('IDAT', [...deflateSync(Buffer.alloc(16))])

  it('loses its texts and Exif', () => {
    const given = png(
      head,
      chunk('eXIf', ascii('GPS')),
      chunk('tEXt', ascii('Author\0w')),
      data,
      chunk('IEND', []),
    )
    expect(readPhoto(given)).toEqual({
      type: 'image/png',
      width: 7,
      height: 9,
      bytes: png(head, data, chunk('IEND', [])),
    })
  })
})

it('any bytes are a photo or none, never a fault', () => {
  const start = fc.constantFrom(
    [0xff, 0xd8],
    [0xff, 0xd8, ...exif(3), ...frame],
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  )
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 200 }), (first, rest) => {
      const photo = readPhoto(Uint8Array.from([...first, ...rest]))
      if (photo) expect(readPhoto(photo.bytes)?.bytes).toEqual(photo.bytes)
    }),
  )
})
