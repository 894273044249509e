/** The one action that fills what is empty: to the files of the plan screen, from wherever one is. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { api } from '../api.ts'
import { useSay } from '../i18n/use-say.ts'
import { navigate } from '../state.ts'
import { useResource } from '../use-resource.ts'
import { text } from './text.ts'

export function ImportButton(): ReactNode {
  const say = useSay()
  const role = useResource(api.session()).data?.role
  // The service takes no files from them: no way that ends at a refusal.
  if (role === undefined || role === 'analyst' || role === 'worker') return null
  return <Button onClick={openImport}>{say(text.goToImport)}</Button>
}

/** The import tab; what another screen had chosen is left behind. */
export const openImport = (): void =>
  navigate({ screen: 'plan', selection: null, choices: { tab: 'import' }, layers: [] })
