import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceMetres } from '../../../server/core/geometry/distance-metres.ts'
import { firstThatFits, paragraph, setBlocks, space } from '../../../server/core/posters/flow.ts'
import { lineSpots } from '../../../server/core/posters/line-spots.ts'
import { boundaryLines, streetLines } from '../../../server/core/posters/map-lines.ts'
import { fitMap, roundScale, scaleBarMetres } from '../../../server/core/posters/map-view.ts'
import { noticePolicyOf, usualDuties } from '../../../server/core/posters/notice-policy.ts'
import { textWidth, wrapText } from '../../../server/core/posters/text-size.ts'

describe('wrapText', () => {
  it('keeps every character, and every line within the width', () => {
    const anyText = fc.string({
      unit: fc.constantFrom(...Array.from('网格东至人民路，。（）abcW12345 -')),
      maxLength: 60,
    })
    fc.assert(
      fc.property(anyText, fc.integer({ min: 3, max: 30 }), (text, width) => {
        const lines = wrapText(text, 1, width)
        for (const line of lines) expect(textWidth(line, 1)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
    )
  })

  it('begins no line with a comma, and breaks no word or number that fits', () => {
    // Four characters fit; the comma would be the fifth, so the fourth goes with it.
    expect(wrapText('东至人民，南至', 1, 4)).toEqual(['东至人', '民，南至'])
    expect(wrapText('code 990427 here', 1, 6)).toEqual(['code', '990427', 'here'])
  })
})

describe('the scale', () => {
  it('is the next round number', () => {
    expect([4817, 5000, 5001, 12_400, 999, 101].map(roundScale)).toEqual([
      5000, 5000, 6000, 12_500, 1000, 125,
    ])
  })

  it('is true: a kilometre at 1:5,000 is 200 mm', () => {
    const view = fitMap([119.6, 29.9, 119.61, 29.909], { x: 10, y: 20, width: 300, height: 220 }, 5)
    // 0.009° of latitude are 997.7 m; 997.7 m / 210 mm = 1:4,751, and the width (966 m / 290 mm) needs less.
    expect(view.denominator).toBe(5000)
    const [ax, ay] = view.project(119.601, 29.901)
    const [bx, by] = view.project(119.608, 29.907)
    const paper = Math.hypot(bx - ax, by - ay)
    expect(paper * 5).toBeCloseTo(distanceMetres(119.601, 29.901, 119.608, 29.907), 0)
    // The middle of the land lies in the middle of the frame, north is up.
    const [x, y] = view.project(119.605, 29.9045)
    expect([x, y]).toEqual([expect.closeTo(160, 6), expect.closeTo(130, 6)])
    expect(view.project(119.605, 29.908)[1]).toBeLessThan(130)
    expect(view.project(view.bounds[0], view.bounds[3])).toEqual([
      expect.closeTo(10, 6),
      expect.closeTo(20, 6),
    ])
  })

  it('has a bar of a round length: 60 mm at 1:5,000 are 300 m, so 200 m', () => {
    expect(scaleBarMetres(5000, 60)).toBe(200)
    expect(scaleBarMetres(25_000, 60)).toBe(1000)
    expect(scaleBarMetres(800, 30)).toBe(20)
  })
})

describe('lines drawn once', () => {
  const square = (x: number) => ({
    type: 'Polygon' as const,
    coordinates: [
      [
        [x, 0],
        [x + 1, 0],
        [x + 1, 1],
        [x, 1],
        [x, 0],
      ],
    ],
  })
  const length = (lines: readonly (readonly (readonly number[])[])[]): number =>
    lines.reduce(
      (sum, line) =>
        sum +
        line.slice(1).reduce((m, p, i) => m + Math.hypot(p[0]! - line[i]![0]!, p[1]! - line[i]![1]!), 0),
      0,
    )

  it('two squares side by side have a boundary of seven sides, and one within an outline of both', () => {
    expect(length(boundaryLines([square(0), square(1)]))).toBe(7)
    const outline = {
      type: 'Polygon' as const,
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [2, 0],
          [2, 1],
          [1, 1],
          [0, 1],
          [0, 0],
        ],
      ],
    }
    expect(length(boundaryLines([square(0), square(1)], [outline]))).toBe(1)
  })

  it('pieces of a street make one line, whatever their order and direction', () => {
    const pieces = [
      [
        [2, 0],
        [1, 0],
      ],
      [
        [0, 0],
        [1, 0],
      ],
      [
        [2, 0],
        [3, 1],
      ],
    ]
    const joined = streetLines(pieces)
    expect(joined).toHaveLength(1)
    expect(joined[0]).toHaveLength(4)
    expect(streetLines(pieces.toReversed())).toEqual(joined)
  })
})

describe('names along lines', () => {
  it('stand where the line is straight; steep Chinese ones run downwards, Latin ones are turned', () => {
    const bent = [
      [0, 0],
      [10, 0],
      [12, 6],
      [30, 6],
    ] as const
    const [best] = lineSpots([bent], '人民路', 2)
    expect([0, 6]).toContain(best?.y)
    const steep = [
      [0, 0],
      [0, 40],
    ] as const
    const [chinese] = lineSpots([steep], '人民路', 2)
    expect(chinese).toMatchObject({ isColumn: true, angle: 0, x: 0, y: 20 })
    const [latin] = lineSpots([steep], 'Main St', 2)
    expect(latin).toMatchObject({ isColumn: false, angle: Math.PI / 2 })
    expect([
      ...lineSpots(
        [
          [
            [0, 0],
            [3, 0],
          ],
        ],
        '人民路',
        2,
      ),
    ]).toEqual([])
  })
})

describe('setBlocks', () => {
  it('fills columns, keeps a heading with what follows, and says when all is too much', () => {
    const columns = [0, 50].map((x) => ({ x, y: 0, width: 40, height: 10 }))
    const block = (height: number, name: string, isHeading = false) => ({
      height,
      isHeading,
      draw: (x: number, y: number) => `${name}@${x},${y} `,
    })
    expect(setBlocks([block(6, 'a'), block(3, 'head', true), block(4, 'b')], columns)).toBe(
      'a@0,0 head@50,0 b@50,3 ',
    )
    expect(setBlocks([block(6, 'a'), block(2, 'b', true), block(1, 'c', true), block(2, 'd')], columns)).toBe(
      'a@0,0 b@50,0 c@50,2 d@50,3 ',
    )
    // Air is not needed at the top of a column.
    expect(setBlocks([block(9, 'a'), space(2), block(3, 'b')], columns)).toBe('a@0,0 b@50,0 ')
    expect(setBlocks([block(6, 'a'), block(11, 'b')], columns)).toBeNull()
    // Six blocks of 2 would fill the first column to 10 and leave 2 for the second: 6 and 6 instead.
    const six = Array.from({ length: 6 }, (_, i) => block(2, String(i)))
    expect(firstThatFits([six], columns)).toBe('0@0,0 1@0,2 2@0,4 3@50,0 4@50,2 5@50,4 ')
    // Two lines of size 2, each 1.45 · 2 high.
    expect(paragraph('东至人民路，南至', 10.5, { size: 2 }).height).toBeCloseTo(5.8)
  })
})

describe('noticePolicyOf', () => {
  it('takes duties and phone of the policy; what it does not say is as usual', () => {
    expect(noticePolicyOf({ households: { from: 1, to: 2 } })).toEqual({
      duties: usualDuties,
      supervisoryPhone: null,
    })
    expect(
      noticePolicyOf({
        notice: { duties: ['巡查', { zh: '走访', en: 'Visit' }, 7], supervisory_phone: ' 12345 ' },
      }),
    ).toEqual({
      duties: [
        { zh: '巡查', en: '巡查' },
        { zh: '走访', en: 'Visit' },
      ],
      supervisoryPhone: '12345',
    })
    expect(noticePolicyOf({ notice: { duties: 'all', supervisory_phone: 5 } }).supervisoryPhone).toBeNull()
  })
})
