/** What the list, the drawer and the map of early warnings look at. */
import { useMemo } from 'react'
import { type Warning, warningStates } from '../../../../server/contract/warnings.ts'
import { api } from '../../../api.ts'
import { warningById, warnings } from '../../../api-warnings.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useChoice } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { useGridsShown } from '../data.ts'
import { text } from './text.ts'
import { incidentsOf } from './warnings.ts'

/** Those of the state chosen, as many pages as were asked for. */
export const useWarnings = () => {
  const area = useArea()
  const [state] = useStateChoice()
  const [pages] = usePagesChoice()
  return useResource(area ? warnings(area.code, state, pages) : null)
}

/** The one of this id, also where no page asked for holds it. */
export function useWarning(id: string | null) {
  const area = useArea()
  const found = useResource(area && id !== null ? warningById(area.code, id) : null)
  return { ...found, warning: found.data?.warnings.find((one) => one.id === id) }
}

/** How many pages of the list are shown, in the address. */
export function usePagesChoice(): [pages: number, choose: (pages: number) => void] {
  const [written, write] = useChoice<string>('pages', '1')
  const pages = Number(written)
  return [Number.isInteger(pages) && pages > 0 ? pages : 1, (next) => write(String(next))]
}

/** Those of the state chosen in the address. */
export function useStateChoice() {
  const [state, setState] = useChoice<Warning['state']>('warnings', 'draft')
  return [warningStates.find((one) => one === state) ?? 'draft', setState] as const
}

/** What a warning's ground is called: the grid of its centre. */
export function usePlaceName(): (warning: Pick<Warning, 'grid'>) => string {
  const say = useSay()
  const grids = useGridsShown().data
  return ({ grid }) =>
    grid === null ? say(text.noGrid) : (grids?.grids.find(({ code }) => code === grid)?.name ?? grid)
}

/** The incidents a warning counts; those who see displaced places may find others. */
export function useIncidentsOfWarning(warning: Warning) {
  const area = useArea()
  const { from, to, category } = warning
  const found = useResource(area ? api.allIncidents(area.code, { from, to }, { category }) : null)
  const { data } = found
  const incidents = useMemo(() => data && incidentsOf(warning, data.incidents), [warning, data])
  return { ...found, incidents }
}

/** May this person decide on warnings? The server decides; this is what is offered. */
export function useMayDecide(): boolean {
  const role = useResource(api.session()).data?.role
  return role === 'supervisor' || role === 'administrator'
}
