/** The planner's tools, in the order of the tool bar. */
import type { Message } from '../../../../server/core/values.ts'
import { text } from './text.ts'

export const toolIds = [
  'select',
  'brush',
  'box',
  'move',
  'points',
  'reshape',
  'split',
  'merge',
  'site',
  'lock',
] as const

export type ToolId = (typeof toolIds)[number]

export interface Tool {
  readonly id: ToolId
  readonly key: string
  readonly name: Message
  /** What to do with it, in one sentence. */
  readonly hint: Message
  readonly cursor: string
  /** An SVG path on a 16 × 16 grid. */
  readonly picture: string
}

const tool = (id: ToolId, key: string, cursor: string, picture: string): Tool => ({
  id,
  key,
  cursor,
  picture,
  name: text.tools[id],
  hint: text.hints[id],
})

export const tools: readonly Tool[] = [
  tool('select', 'v', 'default', 'M4 2.5l8 6.5-3.700.5 2 3.800-1.600.800-2-3.800L4 13z'),
  tool('brush', 'b', 'cell', 'M13.5 2.5 7 9M7 9c-2 0-2.5 1.5-2.5 3S3 14 2.5 14c3 .5 6-.5 6-3.5z'),
  tool('box', 'r', 'crosshair', 'M2.5 3.5h11v9h-11zM5.5 6.5h2v2h-2z'),
  tool('move', 'n', 'grab', 'M3 13 8 8M13 13 8 8M8 8V2.5M6 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0'),
  tool(
    'points',
    'i',
    'crosshair',
    'M2 12l4-6 3 4M10.5 4h4M12.5 2v4M4.800 6a1.2 1.2 0 1 0 2.400 0 1.2 1.2 0 1 0-2.400 0',
  ),
  tool('reshape', 'e', 'crosshair', 'M2 12h3l2-7h3l1.5 4H14M2 12h12'),
  tool('split', 's', 'crosshair', 'M2.5 3h11v10h-11zM9.5 1.5 6.5 14.5'),
  tool(
    'merge',
    'm',
    'pointer',
    'M2.5 3h11v10h-11zM8 3v2M8 11v2M5 8h6M5 8l1.5-1.5M5 8l1.5 1.5M11 8 9.5 6.5M11 8 9.5 9.5',
  ),
  tool('site', 'd', 'crosshair', 'M8 2.5l5.5 4-2 6.5h-7l-2-6.5zM8 6v4M6 8h4'),
  tool('lock', 'l', 'pointer', 'M4 7.5h8V13H4zM5.5 7.5V5.5a2.5 2.5 0 0 1 5 0v2'),
]

export const toolOf = (id: ToolId): Tool => tools.find((one) => one.id === id)!
