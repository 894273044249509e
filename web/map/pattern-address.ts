/** A fill pattern as a picture for the legend: the very pixels the map uses. */
import { patternPixels } from './patterns.ts'

const addresses = new Map<string, string>()

export function patternAddress(name: string): string {
  const known = addresses.get(name)
  if (known !== undefined) return known
  const pixels = patternPixels(name)
  const canvas = document.createElement('canvas')
  if (pixels) {
    canvas.width = pixels.width * 2
    canvas.height = pixels.height
    const tile = new ImageData(pixels.data, pixels.width, pixels.height)
    const context = canvas.getContext('2d')
    context?.putImageData(tile, 0, 0)
    context?.putImageData(tile, pixels.width, 0)
  }
  const address = canvas.toDataURL()
  addresses.set(name, address)
  return address
}
