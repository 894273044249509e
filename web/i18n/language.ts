/**
 * Texts for people. A text is a `Message` — both languages side by side, as the server's own messages are — and may have
 * named slots: `{ zh: '{n} 户', en: '{n} households' }`. Each folder keeps its texts in its own `text.ts`:
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

const fillSlots = (
  template: string,
  values: Readonly<Record<string, string | number>> | undefined,
): string =>
  values === undefined
    ? template
    : template.replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot))

/** The first language a browser asks for, if it is one of ours; Chinese otherwise. */
export const preferredLanguage = (asked: readonly string[]): Language =>
  asked[0]?.toLowerCase().startsWith('en') ? 'en' : 'zh'
