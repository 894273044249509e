/** The map as it is seen, with title, legend and source drawn beside it: a PNG. */
import { grounds } from '../../../map/ground.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import type { Theme } from '../../../map/palette.ts'
import { pictureOfMap } from './shown-map.ts'

export interface PictureText {
  readonly title: string
  readonly lines: readonly string[]
  readonly legends: readonly LegendDescription[]
  readonly theme: Theme
}

/** Pixels of the page around the map, before the screen's own density. */
const margin = 16
const legendWidth = 300
const line = 20
const font = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif'

/** @returns null where the browser gives no picture of the map */
export async function pictureFile(what: PictureText): Promise<Blob | null> {
  const map = await pictureOfMap()
  if (!map) return null
  const scale = devicePixelRatio
  const [width, height] = [map.width / scale, map.height / scale]
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.font = `14px ${font}`
  const head = [
    what.title,
    ...what.lines.flatMap((one) => wrapped(one, width + legendWidth, (part) => pen.measureText(part).width)),
  ]
  const headHeight = margin + head.length * line + 8
  canvas.width = Math.round((width + legendWidth + 3 * margin) * scale)
  canvas.height = Math.round((Math.max(height, legendHeight(what.legends)) + headHeight + margin) * scale)
  pen.scale(scale, scale)
  const { land, text: ink } = grounds[what.theme]
  pen.fillStyle = what.theme === 'dark' ? '#1E2127' : '#FFFFFF'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = ink
  pen.textBaseline = 'middle'
  head.forEach((words, index) => {
    pen.font = index === 0 ? `600 16px ${font}` : `13px ${font}`
    pen.fillText(words, margin, margin + index * line + line / 2)
  })
  pen.fillStyle = land
  pen.fillRect(margin, headHeight, width, height)
  pen.drawImage(map, margin, headHeight, width, height)
  let y = headHeight
  for (const legend of what.legends) y = drawLegend(pen, legend, 2 * margin + width, y, ink) + line
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

function drawLegend(
  pen: CanvasRenderingContext2D,
  legend: LegendDescription,
  x: number,
  top: number,
  ink: string,
): number {
  let y = top + line / 2
  const write = (words: string, left: number, weight = ''): void => {
    pen.fillStyle = ink
    pen.font = `${weight} 13px ${font}`
    for (const part of wrapped(words, legendWidth - (left - x), (one) => pen.measureText(one).width)) {
      pen.fillText(part, left, y)
      y += line
    }
  }
  write(legend.title, x, '600')
  if (legend.unit) write(legend.unit, x)
  if (legend.count) write(legend.count, x)
  for (const { swatch, label, count } of legend.entries) {
    const color = swatch.color === 'transparent' ? 'rgba(0,0,0,0)' : swatch.color
    pen.globalAlpha = swatch.kind === 'fill' ? (swatch.opacity ?? 1) : 1
    pen.fillStyle = color
    pen.fillRect(x, y - 7, 22, 14)
    pen.globalAlpha = 1
    pen.strokeStyle = swatch.kind === 'fill' ? (swatch.outline ?? '#8F959E') : '#8F959E'
    pen.strokeRect(x + 0.5, y - 6.5, 21, 13)
    write(count === undefined ? label : `${label}　${count}`, x + 30)
  }
  if (legend.leftOut) write(legend.leftOut, x)
  return y
}

const legendHeight = (legends: readonly LegendDescription[]): number =>
  legends.reduce((sum, legend) => sum + (legend.entries.length + 8) * line, 0)

/** Lines that fit a width; broken at any character, as Chinese is. */
export function wrapped(words: string, width: number, measure: (part: string) => number): string[] {
  const lines: string[] = []
  let current = ''
  for (const character of words) {
    if (current !== '' && measure(current + character) > width) {
      lines.push(current)
      current = character === ' ' ? '' : character
    } else current += character
  }
  return [...lines, current]
}
