/** How much room a text takes, without a font at hand: widths in em that the fonts of the page stay within. */

/** Width in em. Chinese is a full em; the Latin figures are those of Noto Sans CJK and PingFang, rounded up. */
function emOf(character: string): number {
  if (
    /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\uffee“”‘’…—·]|[\u{20000}-\u{3ffff}]/u.test(
      character,
    )
  )
    return 1
  if (/[ijlI.,:;'|!()[\]/ ]/.test(character)) return 0.38
  if (/[mwMW@%]/.test(character)) return 0.95
  if (/[A-Z]/.test(character)) return 0.72
  return 0.6
}

/** Width of one line of text at a size, in the unit of the size. */
export function textWidth(text: string, size: number): number {
  let em = 0
  for (const character of text) em += emOf(character)
  return em * size
}

/** May not begin a line. */
const clinging = /^[，。、；：？！）》」』”’,.;:?!)\]%]/

/**
 * A text in lines no wider than `width`, broken between Chinese characters and at spaces; a word that is wider than a line by
 * itself is broken anywhere.
 */
export function wrapText(text: string, size: number, width: number): string[] {
  const pieces = text.match(/[A-Za-z0-9_.\-/:@#?&=%+–]+|\s+|[^]/gu) ?? []
  const lines: string[] = []
  let line = ''
  const finish = (): void => {
    if (line.trim() !== '') lines.push(line.trim())
    line = ''
  }
  const add = (piece: string): void => {
    if (textWidth((line + piece).trimEnd(), size) <= width) {
      line += piece
      return
    }
    const last = Array.from(line).at(-1)
    if (clinging.test(piece) && last !== undefined && Array.from(line).length > 1) {
      line = line.slice(0, -last.length)
      finish()
      line = last + piece
      return
    }
    finish()
    if (textWidth(piece, size) <= width || Array.from(piece).length === 1) line = piece.trimStart()
    else for (const character of piece) add(character)
  }
  for (const piece of pieces) add(piece)
  finish()
  return lines
}
