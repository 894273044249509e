import type { Message } from '../../../../server/core/values.ts'
import { readEditing } from './editing.ts'
import { text } from './text.ts'
import { tools } from './tools.ts'

/** The keys of the editor, while a plan can be drawn on. */
export function drawingShortcuts(): readonly (readonly [key: string, word: Message])[] {
  if (!readEditing().canDraw) return []
  return [
    ['Ctrl Z', text.undo],
    ['Ctrl Y', text.redo],
    ...tools.map((tool) => [tool.key.toUpperCase(), tool.name] as const),
    ['G', text.newGrid],
    ['Enter', text.shortcutFinish],
    ['Space', text.shortcutKeyboard],
    ['Alt', text.shortcutPan],
  ]
}
