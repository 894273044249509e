import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import { createPrinter } from '../../server/routes/posters/printer.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { county, otherTown, secrets, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
})

const village = `/posters/villages/${westVillage}`
const textsOf = (html: string): string[] =>
  [...html.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? '')

describe('/posters/villages/{code}', () => {
  it('is a page of one sheet with every grid, its households, houses, streets and schools', async () => {
    const { text, headers } = await service.get(village)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(text).toContain('@page { size: 297mm 420mm; margin: 0 }')
    const texts = textsOf(text)
    // Grid 101 has a name, 102 has none; five households of three persons in each.
    for (const said of ['云岭县临溪镇西村网格图', '一网格', '102', '5 户', '2 个网格 · 10 户 · 30 人'])
      expect(texts).toContain(said)
    expect(text).toContain('data-layer="houses" data-count="1"')
    for (const said of ['临溪小学', '临溪街', '临溪']) expect(texts).toContain(said)
    // Beside 101 lies 201 of the east village, above it 102 of its own; the village reaches to the town's border.
    expect(texts.join('')).toContain('东至东村，南至村（社区）界，西至村（社区）界，北至102。')
    expect(texts.join('')).toContain('东至东村，南至镇（街道）界')
  })

  it('takes paper, language and day', async () => {
    const { text } = await service.get(`${village}?size=a0&lang=en&day=2026-05-31`)
    expect(text).toContain('@page { size: 841mm 1189mm; margin: 0 }')
    expect(textsOf(text)).toContain('The division in force on 2026-05-31')
    expect(text).toContain('<html lang="en">')
    const refused = await service.get(`${village}?size=a5`)
    expect([refused.status, (refused.body as ProblemDetails).flaws?.[0]?.place.field]).toEqual([400, 'size'])
  })

  it('asks nothing of another host and runs no script', async () => {
    const { text } = await service.get(village)
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(text).not.toMatch(/<script|<img|<link|@import|url\((?!#)/)
  })

  it('tells nothing of the people who live there', async () => {
    const { text } = await service.get(village)
    for (const secret of secrets) expect(text).not.toContain(secret)
  })

  it('is not found for a town, for a day without grids, and for who may not see it', async () => {
    expect((await service.get(`/posters/villages/${town}`)).status).toBe(404)
    expect((await service.get(`${village}?day=2025-12-31`)).status).toBe(404)
    const stranger = serviceOn(test.db, { viewer: `supervisor:${otherTown}` })
    expect((await stranger.get(village)).status).toBe(404)
    expect((await stranger.get('/posters/grids/101')).status).toBe(404)
  })
})

describe('/posters/grids/{code}', () => {
  const revealsOf = async (): Promise<string[]> => {
    const rows = await test.db.system().transaction((t) =>
      t.many<{ subject: string }>({
        text: `select subject from wangge.access_log where action = 'reveal' order by happened_at, subject`,
        scoped: false,
        types: [],
      }),
    )
    return rows.map((row) => row.subject)
  }

  it('masks names and phones until they are asked for, and then notes whose were shown', async () => {
    const masked = await service.get('/posters/grids/101')
    expect(textsOf(masked.text)).toEqual(expect.arrayContaining(['李*光', '电话 138****5678']))
    for (const secret of secrets) expect(masked.text).not.toContain(secret)
    expect(masked.text).toContain('reveal=true')
    expect(await revealsOf()).toEqual([])
    const { text } = await service.get('/posters/grids/101?reveal=true')
    expect(textsOf(text)).toEqual(expect.arrayContaining(['李四光', '电话 13812345678', '专职网格员']))
    expect(await revealsOf()).toEqual(['worker:w1'])
    // Leader and instructor are not assigned.
    expect(textsOf(text).filter((one) => one === '暂缺')).toHaveLength(2)
  })

  it('leads to the grid in the web application, by the address it was asked at', async () => {
    const { text } = await service.get('/posters/grids/101')
    expect(text).toContain(`data-qr="http://wangge.test/plan?area=${westVillage}&amp;select=grid:101"`)
    expect(text).not.toContain('二维码指向本机')
    const local = await service.get('/posters/grids/101', { host: '127.0.0.1:3000' })
    expect(local.text).toContain('二维码指向本机')
  })

  it('shows households, persons, area and duties', async () => {
    const { text } = await service.get('/posters/grids/101')
    // 482.7 m × 554.3 m.
    expect(textsOf(text)).toEqual(
      expect.arrayContaining(['一网格公示牌', '5', '15', '26.8 公顷', '西村', '监督电话']),
    )
    const before = await service.get('/posters/grids/101?day=2026-05-31')
    expect(textsOf(before.text)).toContain('21.4 公顷')
  })

  it('asks which is meant where two towns use one code', async () => {
    await test.db.system().transaction((t) =>
      t.none({
        text: `insert into wangge.grids (town_id, grid_code, valid_from, valid_to, village_code, parent_code, kind, name, boundary)
          select '${otherTown}', '202', valid_from, valid_to, null, null, kind, '河东网格', boundary from wangge.grids where grid_code = '901'`,
        scoped: false,
        types: [],
      }),
    )
    const unclear = await service.get('/posters/grids/202')
    expect([unclear.status, (unclear.body as ProblemDetails).flaws?.[0]?.place.field]).toEqual([400, 'area'])
    expect(textsOf((await service.get(`/posters/grids/202?area=${otherTown}`)).text)).toContain(
      '河东网格公示牌',
    )
    expect(textsOf((await service.get(`/posters/grids/202?area=${town}`)).text)).toContain('202公示牌')
    expect((await service.get(`/posters/grids/101?area=${otherTown}`)).status).toBe(404)
    expect((await service.get(`/posters/grids/101?area=${county}`)).status).toBe(200)
  })
})

describe('.pdf', () => {
  const page = '<!doctype html><title>one</title><p>网格</p>'
  const signal = new AbortController().signal

  it('says what to do where there is no browser', async () => {
    const printer = createPrinter({ chromium: '/nowhere/chromium', folder: tmpdir() })
    await expect(printer.print(page, signal)).rejects.toMatchObject({
      code: 'unsupported',
      detail: {
        zh: expect.stringContaining('/nowhere/chromium'),
        en: expect.stringContaining('without .pdf'),
      },
    })
  })

  it('fails in order where the browser makes nothing, and leaves no files', async () => {
    const own = mkdtempSync(join(tmpdir(), 'printer-'))
    // Node does not know the flags and exits with an error.
    const node = createPrinter({ chromium: process.execPath, folder: own })
    await expect(node.print(page, signal)).rejects.toMatchObject({ code: 'unavailable' })
    expect(readdirSync(own)).toEqual([])
    rmSync(own, { recursive: true })
  })

  const chromium = [
    process.env['CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((path) => path && existsSync(path))
  it.skipIf(!chromium)(`is one page (skipped without a Chromium of the system)`, async () => {
    const response = await service.send((agent) =>
      agent
        .get(`${village}.pdf`)
        .set('host', 'wangge.test')
        .buffer(true)
        .parse((stream, done) => {
          const parts: Buffer[] = []
          stream
            .on('data', (part: Buffer) => parts.push(part))
            .on('end', () => done(null, Buffer.concat(parts)))
        }),
    )
    const pdf = (response.body as Buffer).toString('latin1')
    expect(pdf.slice(0, 5)).toBe('%PDF-')
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1)
    // A3 standing, in points of 1/72 inch: 297 mm = 841.9, 420 mm = 1190.6.
    const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? []
    expect(Math.abs(Number(width) - 841.9)).toBeLessThan(1.5)
    expect(Math.abs(Number(height) - 1190.6)).toBeLessThan(1.5)
  })
})
