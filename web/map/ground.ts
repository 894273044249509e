/** The colours of the map's ground: quiet, so that what people work on stands out. Dark has its own ramp, it is no inversion. */
import type { Theme } from './palette.ts'

export interface Ground {
  readonly land: string
  readonly water: string
  readonly waterLine: string
  readonly green: string
  readonly building: string
  readonly buildingLine: string
  readonly road: string
  readonly roadMajor: string
  readonly casing: string
  readonly path: string
  readonly rail: string
  readonly text: string
  readonly textQuiet: string
  readonly textWater: string
  readonly halo: string
  readonly border: string
  readonly grid: string
  readonly accent: string
  /** What covers the world outside the area. */
  readonly outside: string
}

export const grounds: Readonly<Record<Theme, Ground>> = {
  light: {
    land: '#F7F7F4',
    water: '#CFE3F1',
    waterLine: '#B4D0E4',
    green: '#E7EFDF',
    building: '#E9E6E1',
    buildingLine: '#D9D5CD',
    road: '#FFFFFF',
    roadMajor: '#FFFDF5',
    casing: '#D9D5CD',
    path: '#C9C4BA',
    rail: '#A9A49B',
    text: '#3C4046',
    textQuiet: '#6E7178',
    textWater: '#4A7FA5',
    halo: '#FFFFFFE6',
    border: '#4C5058',
    grid: '#5C6370',
    accent: '#1456F0',
    outside: '#F5F6F7',
  },
  dark: {
    land: '#191C21',
    water: '#16293A',
    waterLine: '#22405A',
    green: '#1C2620',
    building: '#23272E',
    buildingLine: '#2E333B',
    road: '#343A44',
    roadMajor: '#414854',
    casing: '#121418',
    path: '#3A404A',
    rail: '#5A616D',
    text: '#D5D9E0',
    textQuiet: '#9AA2AE',
    textWater: '#7FB0D6',
    halo: '#121418E6',
    border: '#B4BBC6',
    grid: '#8E97A5',
    accent: '#6E9BFF',
    outside: '#121418',
  },
}
