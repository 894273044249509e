import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSay } from '../i18n/use-say.ts'
import { text } from './text.ts'

/** Copies a text and says so. */
export function CopyButton({
  text: copied,
  label,
}: {
  readonly text: string
  readonly label?: string
}): ReactNode {
  const say = useSay()
  const [done, setDone] = useState(false)
  return (
    <Button
      size="small"
      type="text"
      onClick={() => {
        void copyText(copied).then(setDone)
        setTimeout(() => setDone(false), 2000)
      }}
    >
      {done ? say(text.copied) : (label ?? say(text.copy))}
    </Button>
  )
}

/** The clipboard of the browser, or the old way where it is only given to https pages (offices use plain http). */
async function copyText(content: string): Promise<boolean> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(content)
    return true
  }
  const area = document.createElement('textarea')
  area.value = content
  document.body.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  return copied
}
