/** The tree of areas with search by name or code. */
import { TreeSelect } from 'antd'
import { type ReactNode, useMemo } from 'react'
import type { Area } from '../../server/contract/areas.ts'
import { api } from '../api.ts'
import { useSay } from '../i18n/use-say.ts'
import { prefer } from '../preferences.ts'
import { navigate, useAddress } from '../state.ts'
import { useResource } from '../use-resource.ts'
import { text } from './text.ts'

export interface AreaNode {
  readonly value: string
  readonly name: string
  readonly title: string
  readonly children: AreaNode[]
}

/** Areas below their parents; one whose parent is not in the list stands at the top. */
export function areaTree(areas: readonly Area[]): AreaNode[] {
  const nodes = new Map(
    areas.map((area): [string, AreaNode] => [
      area.code,
      { value: area.code, name: area.name, title: `${area.name} ${area.code}`, children: [] },
    ]),
  )
  const roots: AreaNode[] = []
  for (const area of areas) {
    const node = nodes.get(area.code) as AreaNode
    const parent = area.parent_code === null ? undefined : nodes.get(area.parent_code)
    ;(parent?.children ?? roots).push(node)
  }
  return roots
}

const areaTitle = (node: AreaNode): ReactNode => (
  <span className="area-node" title={node.name}>
    <span className="area-node-name">{node.name}</span> <span className="area-code quiet">{node.value}</span>
  </span>
)

export function AreaSwitcher(): ReactNode {
  const say = useSay()
  const { area } = useAddress()
  const { data } = useResource(api.areas())
  const tree = useMemo(() => areaTree(data?.areas ?? []), [data])
  return (
    <TreeSelect<string | null, AreaNode>
      aria-label={say(text.area)}
      className="area-switcher"
      popupMatchSelectWidth={320}
      variant="filled"
      showSearch={{ treeNodeFilterProp: 'title' }}
      treeDefaultExpandAll
      treeTitleRender={areaTitle}
      treeData={tree}
      value={area}
      placeholder={say(text.chooseArea)}
      notFoundContent={say(text.noAreaFound)}
      onChange={(code) => {
        prefer({ area: code })
        navigate({ area: code, selection: null, view: null })
      }}
    />
  )
}
