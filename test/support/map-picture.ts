/** What a map shows, asked from the picture itself. */
import type { Page } from 'playwright-core'

type Rgb = readonly [red: number, green: number, blue: number]

/** Hides whatever lies over the map: its legend has the colours of the map. */
const mapAlone = 'body *:not(canvas):not(:has(canvas)) { visibility: hidden !important }'

/** Pixels of the map, as it is on the screen, within `tolerance` of a colour in each of red, green and blue. */
export async function pixelsOf(page: Page, color: Rgb, tolerance = 3): Promise<number> {
  // A screenshot, not the drawing buffer: that one can be read only within a frame that draws, and a map at rest draws none.
  const picture = await page.locator('.maplibregl-canvas').screenshot({ style: mapAlone })
  return page.evaluate(
    async ({ base64, wanted, reach }) => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext('2d')
      context?.drawImage(image, 0, 0)
      const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let n = 0
      for (let i = 0; i < pixels.length; i += 4)
        if (wanted.every((part, k) => Math.abs((pixels[i + k] ?? 0) - part) <= reach)) n++
      return n
    },
    { base64: picture.toString('base64'), wanted: color, reach: tolerance },
  )
}

/** A colour over another, as it is drawn with an opacity. */
export const over = (color: Rgb, ground: Rgb, opacity: number): Rgb => {
  const mix = (index: 0 | 1 | 2): number => Math.round(color[index] * opacity + ground[index] * (1 - opacity))
  return [mix(0), mix(1), mix(2)]
}
