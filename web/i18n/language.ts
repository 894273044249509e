/**
 * Texts for people. A text is a `Message` — both languages side by side, as the server's own messages are — and may have
 * named slots: `{ zh: '{n} 户', en: '{n:household|households}' }`, the noun after a figure in both its numbers. Each folder keeps its texts in its own `text.ts`:
 * `export const text = { … } as const satisfies Texts`; a text that lacks a language, or a slot nobody fills, does not compile.
 */
import type { Message } from '../../server/core/values.ts'

export type Language = 'zh' | 'en'

/** A folder's texts, by key; may be nested one level, e.g. by the words of a closed list. */
export type Texts = { readonly [key: string]: Message | { readonly [word: string]: Message } }

type Slots<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Slots<Rest>
  : never

/** What must be given with a message: nothing, or a value for each of its slots. */
export type SlotValues<M extends Message> = [Slots<M['zh']>] extends [never]
  ? []
  : [values: Readonly<Record<Slots<M['zh']>, string | number>>]

/** Says a message in a language. Bound to the reader's language it is what `useSay` returns. */
export type Say = <const M extends Message>(message: M, ...values: SlotValues<M>) => string

/** The message in one language with its slots filled. */
export function sayIn(language: Language): Say {
  return (message, ...[values]) => fillSlots(message[language], values)
}

/** `{n}`, or with the English noun that a figure is followed by: `{n:household|households}`. */
const slotPattern = /\{(\w+)(?::([^|{}]+)\|([^|{}]+))?\}/g

/** English says one of exactly 1 (CLDR: i = 1 and v = 0): of 0, 1.0 and unknown many. Figures come as they are written. */
const isOne = (value: string | number): boolean => String(value) === '1'

const fillSlots = (
  template: string,
  values: Readonly<Record<string, string | number>> | undefined,
): string =>
  values === undefined
    ? template
    : template.replace(slotPattern, (slot, name: string, one?: string, more?: string) => {
        const value = values[name]
        if (value === undefined) return slot
        return one === undefined ? String(value) : `${value} ${isOne(value) ? one : more}`
      })

/** The first language a browser asks for, if it is one of ours; Chinese otherwise. */
export const preferredLanguage = (asked: readonly string[]): Language =>
  asked[0]?.toLowerCase().startsWith('en') ? 'en' : 'zh'
