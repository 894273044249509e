/** Kernels of density: how one incident is spread over the ground around it. */

/** `gaussian`: bandwidth is σ. `quartic` (biweight): bandwidth is the radius beyond which there is nothing. */
export type Kernel = 'gaussian' | 'quartic'

/**
 * Bandwidth of the quartic kernel that smooths as much as a Gaussian of σ = 1: the ratio of the canonical bandwidths
 * (R(K)/μ₂²)^{1/6} in two dimensions (Marron & Nolan 1988), R = ∫K², μ₂ the variance along an axis. Gaussian R = 1/4π, μ₂ = 1;
 * quartic of radius 1 R = 9/5π, μ₂ = 1/8; so (9/5π · 64 · 4π)^{1/6} = 460.8^{1/6} = 2.7792.
 */
export const QUARTIC_PER_GAUSSIAN = 460.8 ** (1 / 6)

/** Density in 1/m² at a distance whose square is given, of one incident; integrates to 1 over the plane. */
export function kernelAt(kernel: Kernel, bandwidthMetres: number): (squareMetres: number) => number {
  const h2 = bandwidthMetres * bandwidthMetres
  if (kernel === 'gaussian') return (d2) => Math.exp(-d2 / (2 * h2)) / (2 * Math.PI * h2)
  return (d2) => (d2 < h2 ? (3 / (Math.PI * h2)) * (1 - d2 / h2) ** 2 : 0)
}
