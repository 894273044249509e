/** The screens, in the order of the top bar and of the keys 1–3. */
import type { ScreenId } from '../address.ts'
import { incidentsScreen } from './incidents/screen.ts'
import { patrolScreen } from './patrol/screen.ts'
import { planScreen } from './plan/screen.ts'
import type { Screen } from './screen.ts'

export const screens: readonly Screen[] = [planScreen, patrolScreen, incidentsScreen]

export const screenOf = (id: ScreenId): Screen => screens.find((screen) => screen.id === id) ?? planScreen
