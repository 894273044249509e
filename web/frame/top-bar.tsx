/** The bar, 48 px: where, which screen, when; jobs, language, appearance, person. */
import { Dropdown } from 'antd'
import type { ReactNode } from 'react'
import { api } from '../api.ts'
import { useSay } from '../i18n/use-say.ts'
import { type Preferences, prefer, usePreference } from '../preferences.ts'
import { screens } from '../screens/registry.ts'
import type { Screen } from '../screens/screen.ts'
import { navigate, useStored } from '../state.ts'
import { useResource } from '../use-resource.ts'
import { AreaSwitcher } from './area-switcher.tsx'
import { JobsButton } from './jobs.tsx'
import { PeriodControl } from './period-control.tsx'
import { text } from './text.ts'

export function TopBar({
  screen,
  onHelp,
}: {
  readonly screen: Screen
  readonly onHelp: () => void
}): ReactNode {
  const say = useSay()
  return (
    <header className="bar">
      <span className="brand">
        <Mark />
        <span className="brand-name bar-wide">{say(text.product)}</span>
      </span>
      <AreaSwitcher />
      <nav className="screen-tabs" aria-label={say(text.screens)}>
        {screens.map((one, index) => (
          <button
            key={one.id}
            type="button"
            className="screen-tab"
            aria-current={one.id === screen.id ? 'page' : undefined}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => goToScreen(one)}
          >
            {say(one.title)}
          </button>
        ))}
      </nav>
      <PeriodControl screen={screen} />
      <span className="bar-space" />
      <JobsButton />
      <LanguageButton />
      <ThemeButton />
      <button
        type="button"
        className="bar-button"
        aria-label={say(text.shortcuts)}
        aria-keyshortcuts="?"
        title={say(text.shortcuts)}
        onClick={onHelp}
      >
        ?
      </button>
      <Person />
    </header>
  )
}

/** Another screen keeps area and map view; selection and choices were the old screen's. */
export const goToScreen = (screen: Screen): void =>
  navigate({ screen: screen.id, selection: null, choices: {}, layers: [] })

function LanguageButton(): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  return (
    <button
      type="button"
      className="bar-button"
      lang={language === 'zh' ? 'en' : 'zh-CN'}
      aria-label={say(text.switchLanguage)}
      onClick={() => {
        const next = language === 'zh' ? 'en' : 'zh'
        prefer({ language: next })
        navigate({ language: next }, 'replace')
      }}
    >
      {say(text.language)}
    </button>
  )
}

const themeChoices: readonly Preferences['theme'][] = ['system', 'light', 'dark']

function ThemeButton(): ReactNode {
  const say = useSay()
  const chosen = usePreference('theme')
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [chosen],
        items: themeChoices.map((theme) => ({ key: theme, label: say(text.themes[theme]) })),
        onClick: ({ key }) => prefer({ theme: key as Preferences['theme'] }),
      }}
    >
      <button type="button" className="bar-button" aria-label={say(text.theme)} title={say(text.theme)}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
        </svg>
      </button>
    </Dropdown>
  )
}

function Person(): ReactNode {
  const say = useSay()
  const { data } = useResource(api.session())
  if (!data) return null
  return (
    <span className="bar-button bar-wide" title={`${say(text.person)} · ${data.version}`}>
      <span>{data.name}</span>
      <span className="quiet">{say(text.roles[data.role])}</span>
    </span>
  )
}

/** Four grids that meet in one point, one of them set apart. */
function Mark(): ReactNode {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M2 2h9l1 8-10 2z" fill="var(--accent)" />
      <path d="M12.500 2H20v10l-6.500-2z" fill="var(--line-strong)" />
      <path
        d="M2 13.500 12 11.500 11 20H2zM13.500 11.500 20 13.500V20h-7.500z"
        fill="var(--line-strong)"
        opacity="0.55"
      />
    </svg>
  )
}
