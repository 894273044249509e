import { describe, expect, it } from 'vitest'
import { errorFromResponse } from '../../web/api-error.ts'
import { areaTree } from '../../web/frame/area-switcher.tsx'
import { effectivePeriod } from '../../web/period.ts'
import { areas } from './small-town.ts'

describe('the tree of areas', () => {
  it('puts each below its parent, and at the top what has none in the list', () => {
    const [county, ...others] = areaTree(areas)
    expect(others).toEqual([])
    expect(county?.children.map((town) => [town.name, town.children.map((village) => village.name)])).toEqual(
      [['临镇', ['上村', '下村']]],
    )
    // A viewer who may see one village only.
    expect(areaTree(areas.slice(3)).map((node) => node.value)).toEqual(['330100002'])
  })
})

describe('the period', () => {
  const start = { day: '2026-10-30', from: '2026-10-01', to: '2026-10-30' }
  it('is the address’s where it says one, the screen’s elsewhere', () => {
    expect(effectivePeriod({ day: null, from: null, to: null }, start)).toEqual(start)
    expect(effectivePeriod({ day: '2026-09-01', from: '2026-10-10', to: null }, start)).toEqual({
      day: '2026-09-01',
      from: '2026-10-10',
      to: '2026-10-30',
    })
  })
  it('is turned back when it was turned round', () => {
    const { from, to } = effectivePeriod({ day: null, from: '2026-10-20', to: '2026-10-02' }, start)
    expect([from, to]).toEqual(['2026-10-02', '2026-10-20'])
  })
})

describe('errors', () => {
  it('keep the server’s words, flaws and request id', async () => {
    const body = {
      type: 'about:blank#bad_input',
      title: 'Bad input',
      status: 422,
      code: 'bad_input',
      detail: { zh: '文件不能用', en: 'The file cannot be used' },
      instance: 'request-7',
      flaws: [{ code: 'x', place: { line: 2 }, message: { zh: '错', en: 'wrong' } }],
    }
    const answer = new Response(JSON.stringify(body), {
      status: 422,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    })
    const error = await errorFromResponse('POST /api/check', answer)
    expect(error.code).toBe('bad_input')
    expect(error.detail).toEqual(body.detail)
    expect(error.flaws).toEqual(body.flaws)
    expect(error.technical).toBe('POST /api/check → 422 bad_input · request-7')
  })

  it('of anything else are told apart from ours', async () => {
    const error = await errorFromResponse('GET /api/areas', new Response('<html>', { status: 502 }))
    expect(error.code).toBe('not_understood')
    expect(error.technical).toBe('GET /api/areas → 502')
  })
})
