/** The other language, in its own words. */
import type { ReactNode } from 'react'
import { useSay } from '../i18n/use-say.ts'
import { prefer } from '../preferences.ts'
import { navigate, useStored } from '../state.ts'
import { text } from './text.ts'

export function LanguageButton(): ReactNode {
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
