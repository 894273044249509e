/** A colour as deck.gl takes it. @param color `#RRGGBB`, or with two digits more its own opacity */
export function rgba(color: string, opacity = 1): [number, number, number, number] {
  const part = (at: number): number => Number.parseInt(color.slice(at, at + 2), 16)
  const own = color.length === 9 ? part(7) : 255
  return [part(1), part(3), part(5), Math.round(own * opacity)]
}
