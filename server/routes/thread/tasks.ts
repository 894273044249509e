/** The pure work that takes long enough to need a thread: values in, values out, both cloned. */
import {
  type HazardDensity,
  type HazardDensityInput,
  hazardDensity,
} from '../../core/hexagons/hazard-density.ts'

export const tasks = {
  hazardDensity: (input: HazardDensityInput): HazardDensity => hazardDensity(input),
}

export type TaskName = keyof typeof tasks
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0]
export type TaskOutput<Name extends TaskName> = ReturnType<(typeof tasks)[Name]>
