import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeText, decodeWhole } from '../../server/formats/text.ts'

async function decoded(bytes: Buffer, size: number): Promise<string> {
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  let text = ''
  for await (const part of decodeText(chunks(), { file: 'a.csv' })) text += part
  return text
}

const chinese = '网格员巡查走访登记，户主：张三。\n'

describe('text of unknown encoding', () => {
  for (const encoding of ['utf8', 'gb18030', 'utf-16le', 'utf-16be'])
    it(`reads ${encoding} the same however the bytes are cut`, async () => {
      const text = `编号,name\n${'ascii only line\n'.repeat(20)}${chinese.repeat(20)}`
      const bytes = iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf-16') })
      for (const size of [1, 2, 3, 7, 64, 1 << 20]) expect(await decoded(bytes, size)).toBe(text)
      expect(decodeWhole(bytes, {})).toBe(text)
    })

  it('decides late, when the first Chinese character stands after a megabyte of ASCII', async () => {
    const text = `${'a,b,c\n'.repeat(200_000)}${chinese}`
    for (const encoding of ['utf8', 'gb18030'])
      expect(await decoded(iconv.encode(text, encoding), 65_536)).toBe(text)
  })

  it('drops the byte order mark and keeps a replacement character the file itself has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (size) => {
        expect(await decoded(Buffer.from('\ufeff名\ufffd称'), size)).toBe('名\ufffd称')
      }),
    )
  })

  it('refuses UTF-8 that breaks after its beginning, with the line', async () => {
    const bytes = Buffer.concat([Buffer.from(chinese.repeat(4000)), Buffer.from([0xc3, 0x28])])
    await expect(decoded(bytes, 1000)).rejects.toMatchObject({
      flaws: [{ code: 'encoding_broken', place: { file: 'a.csv', line: 4001 } }],
    })
  })
})
