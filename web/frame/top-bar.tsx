/** The bar, 48 px: where, which screen, when; jobs, language, appearance, person. */
import { Dropdown } from 'antd'
import type { ReactNode } from 'react'
import { type ScreenId, screenIds } from '../address.ts'
import { useSay } from '../i18n/use-say.ts'
import { type Preferences, prefer, usePreference } from '../preferences.ts'
import { titleOf } from '../screens/registry.ts'
import type { Screen } from '../screens/screen.ts'
import { navigate } from '../state.ts'
import { AreaSwitcher } from './area-switcher.tsx'
import { JobsButton } from './jobs.tsx'
import { LanguageButton } from './language-button.tsx'
import { Mark } from './mark.tsx'
import { PeriodControl } from './period-control.tsx'
import { Person } from './person.tsx'
import { text } from './text.ts'

export function TopBar({
  id,
  screen,
  onHelp,
}: {
  readonly id: ScreenId
  /** Undefined while its code comes. */
  readonly screen: Screen | undefined
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
        {screenIds.map((one, index) => (
          <button
            key={one}
            type="button"
            className="screen-tab"
            aria-current={one === id ? 'page' : undefined}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => goToScreen(one)}
          >
            {say(titleOf(one))}
          </button>
        ))}
      </nav>
      {screen && <PeriodControl key={screen.id} screen={screen} />}
      <span className="bar-space" />
      <JobsButton />
      <LanguageButton />
      <ThemeButton />
      <button
        type="button"
        className="bar-button bar-keyboard"
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
export const goToScreen = (screen: ScreenId): void =>
  navigate({ screen, selection: null, choices: {}, layers: [] })

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
