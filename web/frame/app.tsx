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
import { titleOf, useScreen } from '../screens/registry.ts'
import type { MapContent, Screen } from '../screens/screen.ts'
import { navigate, useAddress, useStored } from '../state.ts'
import { antdTheme } from '../theme.ts'
import { useResource } from '../use-resource.ts'
import { Boundary } from './boundary.tsx'
import { DropZone } from './drop-zone.tsx'
import { Entrance } from './entrance.tsx'
import { NoArea } from './no-area.tsx'
import { ShortcutList, useShortcuts } from './shortcuts.tsx'
import { SidePanel } from './side-panel.tsx'
import { Failed, Loading } from './states.tsx'
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
        <Boundary>
          <Entrance>
            <Frame />
          </Entrance>
        </Boundary>
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
  const screen = useScreen(address.screen)
  const home = area?.bbox ?? null
  useShortcuts(
    home,
    useCallback(() => setHelp(true), []),
  )
  useStart(areas.data?.areas)

  useEffect(() => {
    document.title = [area?.name, say(titleOf(address.screen)), say(text.product)].filter(Boolean).join(' · ')
  }, [area, address.screen, say])

  const { Panel, Drawer, Foot } = screen ?? {}
  const selected = address.selection && `${address.selection.kind}:${address.selection.id}`
  return (
    <div className="frame">
      <TopBar id={address.screen} screen={screen} onHelp={() => setHelp(true)} />
      <main className="work">
        <SidePanel>
          {areas.error && !areas.data ? (
            <Failed error={areas.error} onRetry={areas.reload} />
          ) : !areas.data || !Panel ? (
            <Loading />
          ) : areas.data.areas.length === 0 ? (
            <NoArea onLook={areas.reload} />
          ) : (
            area && (
              <Boundary key={`${address.screen} ${area.code}`}>
                <Panel />
              </Boundary>
            )
          )}
        </SidePanel>
        <div className="stage">
          {screen && (
            <Boundary key={`${address.screen} ${address.area}`} fallback={null}>
              <ContentOf screen={screen} onContent={setContent} />
            </Boundary>
          )}
          <MapView content={content} home={home} />
          {Foot && area && (
            <footer className="foot" aria-label={say(text.timeline)}>
              <Boundary key={`${address.screen} ${area.code} ${selected}`}>
                <Foot key={address.screen} />
              </Boundary>
            </footer>
          )}
        </div>
        {address.selection && area && Drawer && (
          <aside className="drawer" aria-label={say(text.drawer)}>
            <Boundary key={selected}>
              <Drawer selection={address.selection} />
            </Boundary>
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

/**
 * Without an area in the address, or with one that is not among those the viewer sees, which is said: the one looked at last,
 * else the first township with grids, else the first. A worker who names no screen either comes to their own day.
 */
function useStart(areas: readonly Area[] | undefined): void {
  const say = useSay()
  const { message } = AntdApp.useApp()
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
    if (!start) return
    // Whoever followed a link must not take another place for the one it named.
    if (area === null) navigate({ area: start.code }, 'replace')
    else {
      void message.warning(say(text.areaUnknown, { code: area, shown: start.name }), 8)
      navigate({ area: start.code, selection: null, view: null }, 'replace')
    }
  }, [areas, area, session, say, message])
}
