/** The first instant at each position of a day, by longitude and latitude in 1e-7 degrees: an open hash table without an object a fix. */
export class FirstSeen {
  readonly #meridian: Int32Array
  readonly #parallel: Int32Array
  readonly #time: Float64Array
  readonly #mask: number

  /** @param most positions that may be noted */
  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(2 * most + 1))
    this.#mask = size - 1
    this.#meridian = new Int32Array(size)
    this.#parallel = new Int32Array(size)
    this.#time = new Float64Array(size).fill(Number.NaN)
  }

  /** Notes a position; returns when it was noted first, NaN: never before. */
  note(longitude: number, latitude: number, time: number): number {
    const meridian = Math.round(longitude * 1e7)
    const parallel = Math.round(latitude * 1e7)
    const hash = Math.imul(meridian, 0x9e3779b1) ^ Math.imul(parallel, 0x85ebca77)
    let at = (hash ^ (hash >>> 15)) & this.#mask
    while (!Number.isNaN(this.#time[at]!)) {
      if (this.#meridian[at] === meridian && this.#parallel[at] === parallel) return this.#time[at]!
      at = (at + 1) & this.#mask
    }
    this.#meridian[at] = meridian
    this.#parallel[at] = parallel
    this.#time[at] = time
    return Number.NaN
  }
}
