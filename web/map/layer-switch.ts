/** Which layers are shown: each has a default, the address holds what differs. Pure. */
import type { LayerDescription, Toggle } from './layer.ts'

/** The entries of the switch, in the layers' order, once each. */
export function togglesOf(layers: readonly LayerDescription[]): Toggle[] {
  const toggles = new Map<string, Toggle>()
  for (const { toggle } of layers) if (toggle && !toggles.has(toggle.id)) toggles.set(toggle.id, toggle)
  return [...toggles.values()]
}

export const isShown = (toggle: Toggle, switches: readonly string[]): boolean =>
  toggle.shown ? !switches.includes(`-${toggle.id}`) : switches.includes(`+${toggle.id}`)

/** The address's switches after this one was flipped. */
export function switchLayer(toggle: Toggle, switches: readonly string[]): string[] {
  const others = switches.filter((entry) => entry.slice(1) !== toggle.id)
  if (isShown(toggle, switches) !== toggle.shown) return others
  return [...others, `${toggle.shown ? '-' : '+'}${toggle.id}`]
}

export const shownLayers = (
  layers: readonly LayerDescription[],
  switches: readonly string[],
): LayerDescription[] => layers.filter(({ toggle }) => !toggle || isShown(toggle, switches))
