/** Over the map while a long analysis runs: what it does, how far it is, cancel. The last good map stays under it. */
import { Button, Progress } from 'antd'
import type { ReactNode } from 'react'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useAsked, useLook } from '../data.ts'
import { isLong } from './look.ts'
import { cancelRun } from './run.ts'
import { text } from './text.ts'

export function RunBar(): ReactNode {
  const say = useSay()
  const area = useArea()
  const look = useLook()
  const { shown, loading, job, isCancelled, query, reload } = useAsked()
  // Of what is answered in a moment nothing is said before it has become a job.
  const isTold = isLong(look) || job !== null
  if (!isCancelled && !(loading && isTold)) return null
  if (isCancelled)
    return (
      <output className="run-bar card">
        <span>{say(text.cancelled)}</span>
        <Button size="small" onClick={reload}>
          {say(text.again)}
        </Button>
      </output>
    )
  const what = say(text.methods[look.method])
  const words = !job ? say(text.waiting) : say(job.state === 'queued' ? text.inLine : text.running, { what })
  const share = job?.total ? Math.min(100, Math.floor((100 * (job.done ?? 0)) / job.total)) : null
  return (
    <output className="run-bar card">
      <span>{words}</span>
      {share !== null && <Progress percent={share} size="small" style={{ width: 120 }} />}
      <span className="quiet">
        {job?.state === 'queued' &&
          job.ahead !== null &&
          job.ahead > 0 &&
          say(text.aheadN, { n: formatNumber(job.ahead) })}
        {job?.phase && say(job.phase)}{' '}
        {job?.total &&
          say(text.counted, { done: formatNumber(job.done ?? 0), total: formatNumber(job.total) })}
        {shown && ` · ${say(text.stale)}`}
      </span>
      <Button size="small" onClick={() => area && query && void cancelRun(area.code, query)}>
        {say(text.cancel)}
      </Button>
    </output>
  )
}
