/** Ant Design by tokens only; the same colours stand as CSS variables in styles/base.css. */
import { theme as antd, type ThemeConfig } from 'antd'
import type { Theme } from './map/palette.ts'

const shared = {
  // One stack a language, in styles/base.css.
  fontFamily: 'var(--font)',
  fontSize: 14,
  fontSizeSM: 12,
  borderRadius: 6,
  borderRadiusSM: 4,
  sizeUnit: 4,
  sizeStep: 4,
  motionDurationFast: '0.08s',
  motionDurationMid: '0.12s',
  motionDurationSlow: '0.15s',
}

export function antdTheme(theme: Theme, reducedMotion: boolean): ThemeConfig {
  const dark = theme === 'dark'
  return {
    algorithm: dark
      ? [antd.darkAlgorithm, antd.compactAlgorithm]
      : [antd.defaultAlgorithm, antd.compactAlgorithm],
    // The accent as a surface is too dark for words on a dark ground (WCAG AA: 4.5).
    ...(dark && { components: { Tabs: { itemSelectedColor: '#86ABFF', itemHoverColor: '#86ABFF' } } }),
    token: {
      ...shared,
      motion: !reducedMotion,
      colorPrimary: dark ? '#4C80FF' : '#1456F0',
      colorInfo: dark ? '#4C80FF' : '#1456F0',
      colorLink: dark ? '#86ABFF' : '#1456F0',
      colorTextBase: dark ? '#E6E8EB' : '#1F2329',
      colorTextSecondary: dark ? '#9AA2AE' : '#646A73',
      colorTextTertiary: dark ? '#9AA2AE' : '#646A73',
      colorTextPlaceholder: dark ? '#8A919D' : '#6E747D',
      colorBgBase: dark ? '#1E2127' : '#FFFFFF',
      colorBgContainer: dark ? '#1E2127' : '#FFFFFF',
      colorBgElevated: dark ? '#252930' : '#FFFFFF',
      colorBgLayout: dark ? '#121418' : '#F5F6F7',
      colorBorder: dark ? '#3A3F48' : '#DEE0E3',
      colorBorderSecondary: dark ? '#2F333B' : '#E8EAEC',
    },
  }
}
