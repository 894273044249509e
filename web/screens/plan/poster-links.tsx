/** Ways to the pages that are printed: a village's grid map, a grid's notice. They open beside the desk, on paper of their own. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../i18n/use-say.ts'
import { useStored } from '../../state.ts'
import { usePlanPeriod } from './data.ts'
import { text } from './text.ts'

export function VillageMapLink({ village }: { readonly village: string }): ReactNode {
  const say = useSay()
  return <PosterLink path={`villages/${encodeURIComponent(village)}`}>{say(text.printMap)}</PosterLink>
}

/** @param area one above the grid: several towns may use its code */
export function NoticeLink({ grid, area }: { readonly grid: string; readonly area: string }): ReactNode {
  const say = useSay()
  return (
    <PosterLink path={`grids/${encodeURIComponent(grid)}`} area={area}>
      {say(text.printNotice)}
    </PosterLink>
  )
}

function PosterLink({
  path,
  area,
  children,
}: {
  readonly path: string
  readonly area?: string
  readonly children: ReactNode
}): ReactNode {
  const day = usePlanPeriod()?.day
  const lang = useStored((state) => state.language)
  const query = new URLSearchParams({ ...(day && { day }), lang, ...(area !== undefined && { area }) })
  return (
    <Button size="small" href={`/posters/${path}?${query}`} target="_blank" rel="noopener">
      {children}
    </Button>
  )
}
