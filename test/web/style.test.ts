import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { layers as tileLayers } from '../../server/contract/tiles.ts'
import { grounds } from '../../web/map/ground.ts'
import { contrast } from '../../web/map/palette.ts'
import { groundStyle, slotId } from '../../web/map/style.ts'

const themes = ['light', 'dark'] as const

describe('the ground of the map', () => {
  it.each(themes)('%s asks this server only, and no server for letters', (theme) => {
    const style = groundStyle(theme)
    expect(style).not.toHaveProperty('glyphs')
    expect(style).not.toHaveProperty('sprite')
    const addresses = JSON.stringify(style).match(/[a-z]+:\/\/[^"]+/g) ?? []
    expect(addresses.length).toBe(Object.keys(style.sources).length)
    for (const address of addresses) expect(address).toMatch(/^tiles:\/\/[a-z]+\/\{z\}\/\{x\}\/\{y\}$/)
  })

  it('draws only layers and properties the tiles have', () => {
    const style = groundStyle('light')
    for (const layer of style.layers) {
      if (!('source' in layer) || typeof layer.source !== 'string') continue
      const source = tileLayers[layer.source as keyof typeof tileLayers]
      expect(Object.keys(source.vectorLayers)).toContain(layer['source-layer'])
      const fields = (source.vectorLayers as Record<string, object>)[layer['source-layer'] ?? ''] ?? {}
      const used = [...JSON.stringify(layer).matchAll(/\["(?:get|has)","(\w+)"\]/g)].map(
        (match) => match[1] ?? '',
      )
      expect(Object.keys(fields)).toEqual(expect.arrayContaining(used))
    }
  })

  it('keeps the slots in order: land, fill, roads and borders, line, labels, top', () => {
    const ids = groundStyle('light').layers.map((layer) => layer.id)
    const order = [
      'buildings',
      slotId('fill'),
      'road-main',
      'border-county',
      slotId('line'),
      'village-names',
      slotId('top'),
    ]
    const places = order.map((id) => ids.indexOf(id))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(ids.at(-1)).toBe(slotId('top'))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('differs by theme in colours only', () => {
    const shape = (theme: (typeof themes)[number]): string[] =>
      groundStyle(theme).layers.map((layer) => layer.id)
    expect(shape('dark')).toEqual(shape('light'))
    expect(groundStyle('dark').layers).not.toEqual(groundStyle('light').layers)
  })

  it.each(themes)('%s labels are legible on their halo (WCAG AA, 4.5 : 1)', (theme) => {
    const ground = grounds[theme]
    for (const text of [ground.text, ground.textQuiet])
      expect(contrast(text, ground.halo)).toBeGreaterThanOrEqual(4.5)
  })
})

describe('the colours of the frame', () => {
  const sheet = readFileSync(new URL('../../web/styles/base.css', import.meta.url), 'utf8')
  const variables = (selector: string): Record<string, string> => {
    const block = sheet.slice(sheet.indexOf(`${selector} {`)).split('}')[0] ?? ''
    return Object.fromEntries(
      [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]),
    )
  }
  it.each([
    ['light', variables(':root')],
    ['dark', variables(':root[data-theme="dark"]')],
  ])('%s reach WCAG AA on every surface they stand on', (_theme, colors) => {
    const faint = ['panel', 'ground', 'hover', 'selected'].flatMap((surface) =>
      ['ink', 'ink-2', 'accent-ink', 'danger', 'warning']
        .filter((ink) => !(contrast(colors[ink] ?? '', colors[surface] ?? '') >= 4.5))
        .map((ink) => `${ink} on ${surface}`),
    )
    expect(faint).toEqual([])
  })
})
