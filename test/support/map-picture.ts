/** What a map shows, asked from the picture itself. */
import type { Page } from 'playwright-core'

type Rgb = readonly [red: number, green: number, blue: number]

/** Pixels of the map within `tolerance` of a colour in each of red, green and blue. */
export const pixelsOf = (page: Page, color: Rgb, tolerance = 3): Promise<number> =>
  page.locator('.maplibregl-canvas').evaluate(
    async (canvas: HTMLCanvasElement, { wanted, reach }) => {
      // The drawing buffer can be read only within the frame that drew it.
      await new Promise((resolve) => requestAnimationFrame(resolve))
      const image = new Image()
      image.src = canvas.toDataURL()
      await image.decode()
      const picture = document.createElement('canvas')
      picture.width = image.width
      picture.height = image.height
      const context = picture.getContext('2d')
      context?.drawImage(image, 0, 0)
      const pixels = context?.getImageData(0, 0, picture.width, picture.height).data ?? []
      let n = 0
      for (let i = 0; i < pixels.length; i += 4)
        if (wanted.every((part, k) => Math.abs((pixels[i + k] ?? 0) - part) <= reach)) n++
      return n
    },
    { wanted: color, reach: tolerance },
  )

/** A colour over another, as it is drawn with an opacity. */
export const over = (color: Rgb, ground: Rgb, opacity: number): Rgb => {
  const mix = (index: 0 | 1 | 2): number => Math.round(color[index] * opacity + ground[index] * (1 - opacity))
  return [mix(0), mix(1), mix(2)]
}
