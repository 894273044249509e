/** Where a tile lies: z/x/y of the web-mercator pyramid, in degrees, in metres of EPSG:3857, and in units of the tile. */

/** Units along one side of a tile. */
export const extent = 4096

/** What is drawn beyond the tile's edge, in its units, so that lines and halos join across tiles. */
const buffer = 64

/** Half the side of the EPSG:3857 square, metres. */
const halfWorldMetres = 20037508.342789244

export interface TileAddress {
  readonly z: number
  readonly x: number
  readonly y: number
}

export type Box = readonly [west: number, south: number, east: number, north: number]

export interface TileFrame {
  /** The tile with its buffer, degrees. */
  readonly degrees: Box
  /** The tile with its buffer, metres of EPSG:3857. */
  readonly metres: Box
  /** x_tile = scale · x_3857 + dx, y_tile = −scale · y_3857 + dy. */
  readonly toTile: readonly [scale: number, dx: number, dy: number]
}

/** True when the address names a tile that exists: zoom 0–24, x and y within the pyramid. */
export const isTile = ({ z, x, y }: TileAddress): boolean =>
  z >= 0 && z <= 24 && x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z

export function tileFrame({ z, x, y }: TileAddress): TileFrame {
  const side = (2 * halfWorldMetres) / 2 ** z
  const scale = extent / side
  const west = -halfWorldMetres + x * side
  const north = halfWorldMetres - y * side
  const margin = buffer / scale
  const metres: Box = [west - margin, north - side - margin, west + side + margin, north + margin]
  return {
    metres,
    degrees: [toLongitude(metres[0]), toLatitude(metres[1]), toLongitude(metres[2]), toLatitude(metres[3])],
    toTile: [scale, -west * scale, north * scale],
  }
}

/** True for a point inside the tile itself, without its buffer; the left and upper edges belong to it. */
export const isInside = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < extent && y < extent

/** Degrees to units of the tile, rounded. Spherical mercator as in EPSG:3857. */
export function toTileUnits(frame: TileFrame, longitude: number, latitude: number): [x: number, y: number] {
  const [scale, dx, dy] = frame.toTile
  const x = (longitude / 180) * halfWorldMetres
  const y = (Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) * halfWorldMetres
  return [Math.round(x * scale + dx), Math.round(-y * scale + dy)]
}

const toLongitude = (x: number): number => Math.max(-180, Math.min(180, (x / halfWorldMetres) * 180))
const toLatitude = (y: number): number =>
  (Math.atan(Math.sinh((y / halfWorldMetres) * Math.PI)) * 180) / Math.PI
