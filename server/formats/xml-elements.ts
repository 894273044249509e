/** XML as opening and closing elements, streaming, with names freed of their prefixes. Every trace format in XML is read by it. */
import { SaxesParser } from 'saxes'
import type { Place } from '../core/values.ts'
import { FileRefused, flaw } from './flaw-codes.ts'

export interface ElementHandlers {
  /** `within`: names of the elements around it, the outermost first. */
  open(name: string, attributes: Readonly<Record<string, string>>, within: readonly string[]): void
  /** `text`: what stood in it since the last element opened or closed, without space around. */
  close(name: string, text: string, within: readonly string[]): void
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * Feeds on text. A document type declaration is refused: it is the door to entity bombs and external entities, and no trace
 * needs one.
 */
export class XmlElements {
  readonly #parser: SaxesParser
  readonly #place: Place
  readonly #path: string[] = []
  #text = ''

  constructor(place: Place, handlers: ElementHandlers) {
    this.#place = place
    const parser = new SaxesParser({ position: true })
    this.#parser = parser
    parser.on('error', (error) => {
      throw new FileRefused(flaw('xml_syntax', this.#here(), { reason: error.message }))
    })
    parser.on('doctype', () => {
      throw new FileRefused(flaw('xml_doctype', this.#here(), {}))
    })
    parser.on('opentag', ({ name, attributes }) => {
      const local = localName(name)
      this.#text = ''
      handlers.open(local, attributes as Record<string, string>, this.#path)
      this.#path.push(local)
    })
    const gather = (text: string): void => {
      this.#text += text
    }
    parser.on('text', gather)
    parser.on('cdata', gather)
    parser.on('closetag', ({ name }) => {
      this.#path.pop()
      const text = this.#text.trim()
      this.#text = ''
      handlers.close(localName(name), text, this.#path)
    })
  }

  /** The line being read, from 1. */
  get line(): number {
    return this.#parser.line
  }

  /** @throws FileRefused on broken XML */
  push(text: string): void {
    this.#parser.write(text)
  }

  /** @throws FileRefused on unclosed XML */
  end(): void {
    this.#parser.close()
  }

  #here(): Place {
    return { ...this.#place, line: this.#parser.line }
  }
}
