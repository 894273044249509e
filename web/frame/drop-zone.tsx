/** Files dragged anywhere onto the window: they open the import tab of the plan screen. */
import { type ReactNode, useEffect, useState } from 'react'
import { chooseFiles } from '../files.ts'
import { useSay } from '../i18n/use-say.ts'
import { navigate } from '../state.ts'
import { text } from './text.ts'

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

export function DropZone(): ReactNode {
  const say = useSay()
  const [over, setOver] = useState(false)
  useEffect(() => {
    // The browser tells of every element entered and left: the window is left when as many were left as entered.
    let depth = 0
    const onEnter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return
      depth++
      setOver(true)
    }
    const onLeave = (event: DragEvent): void => {
      if (carriesFiles(event) && --depth === 0) setOver(false)
    }
    const onOver = (event: DragEvent): void => {
      if (carriesFiles(event)) event.preventDefault()
    }
    const onDrop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      openFiles([...(event.dataTransfer?.files ?? [])])
    }
    addEventListener('dragenter', onEnter)
    addEventListener('dragleave', onLeave)
    addEventListener('dragover', onOver)
    addEventListener('drop', onDrop)
    return () => {
      removeEventListener('dragenter', onEnter)
      removeEventListener('dragleave', onLeave)
      removeEventListener('dragover', onOver)
      removeEventListener('drop', onDrop)
    }
  }, [])
  if (!over) return null
  return (
    <div className="drop-zone">
      <p>{say(text.dropHere)}</p>
      <p className="quiet">{say(text.dropHint)}</p>
    </div>
  )
}

function openFiles(files: readonly File[]): void {
  if (files.length === 0) return
  chooseFiles(files)
  navigate({ screen: 'plan', selection: null, choices: { tab: 'import' } })
}
