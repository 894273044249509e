/** The frame: bar, panel, map, drawer, foot — and which screen fills them. */
import { App as AntdApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import type { Area } from '../../server/contract/areas.ts'
import { api } from '../api.ts'
import { useSay } from '../i18n/use-say.ts'
import { MapView } from '../map/map-view.tsx'
import { useArea } from '../period.ts'
import { readPreferences, useMedia, useTheme } from '../preferences.ts'
import { screenOf } from '../screens/registry.ts'
import type { MapContent, Screen } from '../screens/screen.ts'
import { navigate, useAddress, useStored } from '../state.ts'
import { antdTheme } from '../theme.ts'
import { useResource } from '../use-resource.ts'
import { DropZone } from './drop-zone.tsx'
import { Entrance } from './entrance.tsx'
import { ShortcutList, useShortcuts } from './shortcuts.tsx'
import { SidePanel } from './side-panel.tsx'
import { Empty, Failed, Loading } from './states.tsx'
import { text } from './text.ts'
import { TopBar } from './top-bar.tsx'

export function App(): ReactNode {
  const language = useStored((state) => state.language)
  const theme = useTheme()
  const reducedMotion = useMedia('(prefers-reduced-motion: reduce)')
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={antdTheme(theme, reducedMotion)}
      componentSize="middle"
      button={{ autoInsertSpace: false }}
    >
      <AntdApp style={{ height: '100%' }}>
        <Entrance>
          <Frame />
        </Entrance>
      </AntdApp>
    </ConfigProvider>
  )
}

function Frame(): ReactNode {
  const say = useSay()
  const address = useAddress()
  const area = useArea()
  const areas = useResource(api.areas())
  const [help, setHelp] = useState(false)
  const [content, setContent] = useState(noContent)
  const screen = screenOf(address.screen)
  const home = area?.bbox ?? null
  useShortcuts(
    home,
    useCallback(() => setHelp(true), []),
  )
  useStart(areas.data?.areas)

  useEffect(() => {
    document.title = [area?.name, say(screen.title), say(text.product)].filter(Boolean).join(' · ')
  }, [area, screen, say])

  const Drawer = screen.Drawer
  return (
    <div className="frame">
      <TopBar screen={screen} onHelp={() => setHelp(true)} />
      <main className="work">
        <SidePanel>
          {areas.error && !areas.data ? (
            <Failed error={areas.error} onRetry={areas.reload} />
          ) : !areas.data ? (
            <Loading />
          ) : areas.data.areas.length === 0 ? (
            <NoArea />
          ) : (
            area && <screen.Panel key={screen.id} />
          )}
        </SidePanel>
        <div className="stage">
          <ContentOf key={screen.id} screen={screen} onContent={setContent} />
          <MapView content={content} home={home} />
          {screen.Foot && area && (
            <footer className="foot" aria-label={say(text.timeline)}>
              <screen.Foot />
            </footer>
          )}
        </div>
        {address.selection && area && (
          <aside className="drawer" aria-label={say(text.drawer)}>
            <Drawer key={`${address.selection.kind}:${address.selection.id}`} selection={address.selection} />
          </aside>
        )}
      </main>
      <ShortcutList open={help} screen={screen} onClose={() => setHelp(false)} />
      <DropZone />
    </div>
  )
}

interface ContentProps {
  readonly screen: Screen
  readonly onContent: (content: MapContent) => void
}

/** Runs the active screen's hook beside the map, so that the map itself lives on when the screen changes. */
function ContentOf({ screen, onContent }: ContentProps): null {
  // Keyed by the screen: within one life of this component it is always the same hook.
  // oxlint-disable-next-line react/hooks
  const content = screen.useMapContent()
  useEffect(() => onContent(content), [content, onContent])
  return null
}

const noContent: MapContent = { layers: [], legends: [], loading: true }

function NoArea(): ReactNode {
  const say = useSay()
  return <Empty title={say(text.noArea)} hint={say(text.noAreaHint)} />
}

/**
 * Without an area in the address: the one looked at last, else the first township with grids, else the first. A worker who names no
 * screen either comes to their own day.
 */
function useStart(areas: readonly Area[] | undefined): void {
  const { area } = useAddress()
  const session = useResource(api.session()).data
  useEffect(() => {
    if (!areas || areas.length === 0 || areas.some((one) => one.code === area)) return
    const own = session?.role === 'worker' ? session.worker : null
    if (own && area === null && location.pathname === '/' && areas.some((one) => one.code === own.town)) {
      const selection = { kind: 'worker', id: own.id }
      navigate({ screen: 'patrol', area: own.town, selection }, 'replace')
      return
    }
    const last = readPreferences().area
    const start =
      areas.find((one) => one.code === last) ??
      areas.find((one) => one.level === 'township' && one.grids > 0) ??
      areas[0]
    if (start) navigate({ area: start.code }, 'replace')
  }, [areas, area, session])
}
