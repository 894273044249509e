import { describe, expect, test } from 'vitest'
import { type Lines, traceFaces, twin } from '../../../server/core/coverage/trace-faces.ts'

/** Lines of squares [x, y, side], four each from the south-west corner counterclockwise. */
function squares(...list: readonly (readonly [x: number, y: number, side: number])[]): Lines {
  const lines = { x: [] as number[], y: [] as number[], from: [] as number[], to: [] as number[] }
  for (const [x, y, side] of list) {
    const first = lines.x.length
    lines.x.push(x, x + side, x + side, x)
    lines.y.push(y, y, y + side, y + side)
    for (let k = 0; k < 4; k++) {
      lines.from.push(first + k)
      lines.to.push(first + ((k + 1) % 4))
    }
  }
  return lines
}

describe('the face left of a half-edge', () => {
  test('is the inside along a square, the unbounded one along its other side', () => {
    const { faceOf, faces } = traceFaces(squares([0, 0, 1]))
    expect(faces).toBe(2)
    for (let line = 0; line < 4; line++) {
      expect(faceOf[2 * line]).toBe(1)
      expect(faceOf[twin(2 * line)]).toBe(0)
    }
  })

  test('an island lies in the smallest face around it', () => {
    // 10 wide, in it 6 wide, in that one 1 wide; and 1 wide beside them all.
    const { faceOf, faces, walks } = traceFaces(squares([0, 0, 10], [2, 2, 6], [4, 4, 1], [20, 0, 1]))
    expect(faces).toBe(5)
    const inside = (square: number): number => faceOf[8 * square]!
    const around = (square: number): number => faceOf[twin(8 * square)]!
    expect([0, 1, 2, 3].map(around)).toEqual([0, inside(0), inside(1), 0])
    expect(walks[inside(0)]).toHaveLength(2)
    expect(walks[0]).toHaveLength(2)
  })

  test('two squares that share a side have it between their faces; a line into a face has that face on both sides', () => {
    const shared: Lines = {
      x: [0, 1, 1, 0, 2, 2, 0.5],
      y: [0, 0, 1, 1, 0, 1, 0.5],
      // The last line runs from a corner of the first square into it.
      from: [0, 1, 2, 3, 1, 4, 5, 0],
      to: [1, 2, 3, 0, 4, 5, 2, 6],
    }
    const { faceOf, faces } = traceFaces(shared)
    expect(faces).toBe(3)
    const [left, right] = [faceOf[2]!, faceOf[twin(2)]!]
    expect(new Set([left, right, 0]).size).toBe(3)
    expect([faceOf[14], faceOf[15]]).toEqual([left, left])
  })
})
