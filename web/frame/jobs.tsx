/** Long work on the server: progress with counts, cancel, and a word when it ends. */
import { App, Badge, Button, Popover, Progress } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Job } from '../../server/contract/jobs.ts'
import { api, cancelJob, refusalsAddress } from '../api.ts'
import { formatMoment, formatNumber } from '../i18n/format.ts'
import { useSay } from '../i18n/use-say.ts'
import { importCountWords, jobStateWords } from '../i18n/words.ts'
import { useStored } from '../state.ts'
import { refreshResources, useResource } from '../use-resource.ts'
import { Empty } from './states.tsx'
import { text } from './text.ts'

const noJobs: readonly Job[] = []

const isOver = (job: Job): boolean => job.state !== 'queued' && job.state !== 'running'

export function JobsButton(): ReactNode {
  const say = useSay()
  const { notification } = App.useApp()
  const [open, setOpen] = useState(false)
  const { data, reload } = useResource(api.jobs())
  const jobs = data?.jobs ?? noJobs
  const running = jobs.filter((job) => !isOver(job))

  // While something runs, or somebody looks, ask once a second; otherwise not at all.
  const watching = running.length > 0 || open
  useEffect(() => {
    if (!watching) return undefined
    const timer = setInterval(reload, 1000)
    return () => clearInterval(timer)
  }, [watching, reload])

  const unfinished = useRef(new Set<string>())
  useEffect(() => {
    for (const job of jobs) {
      if (!isOver(job)) unfinished.current.add(job.id)
      else if (unfinished.current.delete(job.id)) {
        notification[job.state === 'done' ? 'success' : 'warning']({
          title: say(job.title),
          description: say(job.error ?? jobStateWords[job.state]),
          placement: 'bottomRight',
        })
        refreshResources()
      }
    }
  }, [jobs, notification, say])

  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={say(text.jobs)}
      content={<JobList jobs={jobs} onCancel={(id) => void cancelJob(id).finally(reload)} />}
    >
      <button
        type="button"
        className="bar-button"
        aria-expanded={open}
        aria-label={running.length > 0 ? say(text.jobsRunning, { n: running.length }) : say(text.jobs)}
      >
        <span>{say(text.jobs)}</span>
        <Badge count={running.length} size="small" color="var(--accent)" />
      </button>
    </Popover>
  )
}

function JobList({
  jobs,
  onCancel,
}: {
  readonly jobs: readonly Job[]
  readonly onCancel: (id: string) => void
}): ReactNode {
  const say = useSay()
  if (jobs.length === 0) return <Empty title={say(text.noJobs)} hint={say(text.noJobsHint)} />
  return (
    <ul className="job-list">
      {jobs.map((job) => (
        <li key={job.id}>
          <JobCard job={job} onCancel={() => onCancel(job.id)} />
        </li>
      ))}
    </ul>
  )
}

/** One job: title, state, progress, counts, what was refused. Also stands in the import form. */
export function JobCard({ job, onCancel }: { readonly job: Job; readonly onCancel: () => void }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const share =
    job.done !== null && job.total ? Math.min(100, Math.floor((100 * job.done) / job.total)) : null
  return (
    <article className="job" aria-label={say(job.title)}>
      <div className="job-head">
        <h2>{say(job.title)}</h2>
        {!isOver(job) && (
          <Button size="small" onClick={onCancel}>
            {say(text.cancel)}
          </Button>
        )}
      </div>
      {!isOver(job) && (
        <Progress percent={share ?? 0} size="small" status="active" showInfo={share !== null} />
      )}
      <p className="quiet">
        {say(job.phase && !isOver(job) ? job.phase : jobStateWords[job.state])}
        {job.state === 'queued' &&
          job.ahead !== null &&
          job.ahead > 0 &&
          ` · ${say(text.jobsAhead, { n: formatNumber(job.ahead) })}`}
        {job.done !== null &&
          (job.done > 0 || job.total !== null) &&
          !isOver(job) &&
          ` · ${formatNumber(job.done)}`}
        {job.total !== null && !isOver(job) && ` / ${formatNumber(job.total)}`}
        {job.ended_at && ` · ${formatMoment(language, job.ended_at)}`}
      </p>
      {job.counts && (
        <p className="job-counts">
          {(Object.keys(importCountWords) as (keyof typeof importCountWords)[])
            .filter((name) => (job.counts?.[name] ?? 0) > 0)
            .map((name) => (
              <span key={name}>
                {say(importCountWords[name])} <b>{formatNumber(job.counts?.[name])}</b>
              </span>
            ))}
        </p>
      )}
      {job.error && <p className="job-error">{say(job.error)}</p>}
      {job.notices.map((notice) => (
        <p key={notice.en} className="quiet">
          {say(notice)}
        </p>
      ))}
      {(job.counts?.refused ?? 0) > 0 && isOver(job) && (
        <a href={refusalsAddress(job.id)} download>
          {say(text.refusals)}
        </a>
      )}
    </article>
  )
}
