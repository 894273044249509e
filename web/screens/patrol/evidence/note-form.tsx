/** A supervisor notes what was found out: that it was seen, or how it is explained. */
import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import type { EvidencePiece } from '../../../../server/contract/evidence.ts'
import { noteEvidence } from '../../../api.ts'
import type { ApiError } from '../../../api-error.ts'
import { Failed } from '../../../frame/states.tsx'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useIsAssessor } from './joint-patrols.tsx'
import { text } from './text.ts'

interface Props {
  readonly piece: EvidencePiece
  readonly onNoted: () => void
}

export function NoteForm({ piece, onNoted }: Props): ReactNode {
  const say = useSay()
  const area = useArea()
  const isAssessor = useIsAssessor()
  const [reason, setReason] = useState('')
  const [failed, setFailed] = useState<ApiError | null>(null)
  if (!area || !isAssessor) return null
  const add = async (state: 'seen' | 'explained'): Promise<void> => {
    setFailed(null)
    try {
      await noteEvidence(area.code, piece.id, state, reason.trim())
      setReason('')
      onNoted()
    } catch (thrown) {
      setFailed(thrown as ApiError)
    }
  }
  const isBlank = reason.trim() === ''
  return (
    <div className="evidence-form">
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={2000}
        aria-label={say(text.reason)}
        placeholder={say(text.reason)}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button size="small" disabled={isBlank} onClick={() => void add('seen')}>
        {say(text.addSeen)}
      </Button>
      <Button size="small" disabled={isBlank} onClick={() => void add('explained')}>
        {say(text.addExplained)}
      </Button>
      {failed && <Failed error={failed} />}
    </div>
  )
}
