/** The systems that /ogc offers, and its answers in them. */
import type { Geometry, Position } from 'geojson'
import { crs84, type OfferedSystem, offeredSystems } from '../../contract/ogc-crs.ts'
import type { Message } from '../../core/values.ts'
import { badRequest } from '../../errors.ts'
import { coordinateSystem } from '../../formats/coordinate-systems.ts'

/** A point, first axis of the system first, and the same by longitude and latitude; NaN where there is none. */
export interface System extends OfferedSystem {
  readonly toLngLat: (given: Position) => Position
  readonly fromLngLat: (position: Position) => Position
}

const systems = new Map(offeredSystems.map((one) => [one.uri, systemOf(one)]))

function systemOf(offered: OfferedSystem): System {
  const { toWgs84, fromWgs84 } = coordinateSystem(`EPSG:${offered.code}`, {})
  const turned = ([a = Number.NaN, b = Number.NaN]: Position): [number, number] =>
    offered.northFirst ? [b, a] : [a, b]
  return {
    ...offered,
    toLngLat: (given) => (toWgs84 ? toWgs84(...turned(given)) : turned(given)),
    fromLngLat: ([x = Number.NaN, y = Number.NaN]) => turned(fromWgs84 ? fromWgs84(x, y) : [x, y]),
  }
}

/** @throws AppError `bad_request` */
export const refuseParameter = (field: string, { zh, en }: Message, value: string): never => {
  const message = { zh: `参数 ${field} 不正确：${zh}`, en: `${field}: ${en}` }
  throw badRequest({ zh: `请求参数不正确：${field}`, en: `The request cannot be understood: ${field}` }, [
    { code: 'malformed_parameter', place: { field }, message, value: value.slice(0, 80) },
  ])
}

/** The system of a parameter, CRS84 when absent. @param list where those offered are published @throws AppError `bad_request` */
export function systemAsked(field: string, uri: string | undefined, list: string): System {
  const found = systems.get(uri ?? crs84)
  return (
    found ??
    refuseParameter(
      field,
      { zh: `没有此坐标系；可用的见 ${list}`, en: `not a system offered here; ${list} lists them` },
      uri ?? '',
    )
  )
}

/** Degrees as they are stored; metres to a tenth of a millimetre, which is what those degrees tell. */
const roundedMetres = (value: number): number => Math.round(value * 1e4) / 1e4

/** A geometry of ours in a system. @throws AppError `bad_request` where the system does not reach so far */
export function inSystem(geometry: Geometry, system: System): Geometry {
  if (system.uri === crs84) return geometry
  return eachPosition(geometry, (position) => {
    const found = system.fromLngLat(position)
    if (!found.every(Number.isFinite))
      refuseParameter(
        'crs',
        { zh: '该坐标系不覆盖此要素', en: 'it does not reach a feature of the answer' },
        system.uri,
      )
    return system.geographic ? found : found.map(roundedMetres)
  })
}

function eachPosition(geometry: Geometry, change: (position: Position) => Position): Geometry {
  const deep = (value: unknown): unknown =>
    Array.isArray(value) && typeof value[0] !== 'number' ? value.map(deep) : change(value as Position)
  return geometry.type === 'GeometryCollection'
    ? { ...geometry, geometries: geometry.geometries.map((one) => eachPosition(one, change)) }
    : ({ type: geometry.type, coordinates: deep(geometry.coordinates) } as Geometry)
}
