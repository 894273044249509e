/** Files dropped or chosen: check them without storing, or import them — first as a dry run if wanted. */
import { AutoComplete, Button, Checkbox, Select } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { ImportKind, Job } from '../../../server/contract/jobs.ts'
import { api, cancelJob, checkFiles, matchFiles, startImport } from '../../api.ts'
import type { ApiError } from '../../api-error.ts'
import { chooseFiles, forgetFindings, keepChecked, keepMatched, useFiles } from '../../files.ts'
import { JobCard } from '../../frame/jobs.tsx'
import { Failed } from '../../frame/states.tsx'
import { text as frameText } from '../../frame/text.ts'
import { formatBytes } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { importKindWords } from '../../i18n/words.ts'
import { bboxOf, joinBboxes } from '../../map/bbox.ts'
import { useArea } from '../../period.ts'
import { showOnMap } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import { coordinateSystems, guessIntent, type Intent } from './guess-intent.ts'
import { text } from './import-text.ts'
import { Matched } from './matched.tsx'
import { ReportedProblems } from './problem-list.tsx'
import { Refusals } from './refusals.tsx'
import { text as planText } from './text.ts'

const kinds = Object.keys(importKindWords) as ImportKind[]

export function ImportForm(): ReactNode {
  const say = useSay()
  const { files, checked, matched } = useFiles()
  return (
    <div className="panel-list">
      <div className={`import-form${checked || matched ? ' has-result' : ''}`}>
        <h2>{say(text.title)}</h2>
        <FileChooser files={files} />
        {files.length > 0 && <Choices key={files.map((file) => file.name).join()} files={files} />}
      </div>
      {checked && (
        <>
          <p className="panel-summary quiet">{say(planText.shownFile)}</p>
          <ReportedProblems report={checked.report} />
        </>
      )}
      {matched && <Matched matched={matched} />}
    </div>
  )
}

function FileChooser({ files }: { readonly files: readonly File[] }): ReactNode {
  const say = useSay()
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="form-field">
      {files.length === 0 && (
        <>
          <p className="quiet">{say(text.hint)}</p>
          <p className="quiet">
            {say(text.kinds, {
              kinds: kinds.map((kind) => say(importKindWords[kind])).join(say(text.comma)),
            })}
          </p>
          <p className="quiet">{say(text.formats, { formats: say(frameText.dropHint) })}</p>
        </>
      )}
      {files.length > 0 && (
        <ul className="file-list" aria-label={say(text.chosen)}>
          {files.map((file) => (
            <li key={`${file.name} ${file.size}`}>
              <span>{file.name}</span>
              <span className="quiet">{formatBytes(file.size)}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="state-actions">
        <Button onClick={() => input.current?.click()}>{say(text.choose)}</Button>
        {files.length > 0 && (
          <Button type="text" onClick={() => chooseFiles([])}>
            {say(text.clear)}
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={say(text.choose)}
        onChange={(event) => {
          chooseFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </div>
  )
}

function Choices({ files }: { readonly files: readonly File[] }): ReactNode {
  const say = useSay()
  const area = useArea()
  const [intent, setIntent] = useState<Intent>(() => guessIntent(files.map((file) => file.name)))
  const [crs, setCrs] = useState('')
  return (
    <>
      <label>
        <span className="quiet">{say(text.purpose)}</span>
        <Select<Intent>
          aria-label={say(text.purpose)}
          value={intent}
          onChange={(next) => {
            setIntent(next)
            forgetFindings()
          }}
          options={[
            { value: 'check', label: say(text.check) },
            { value: 'match', label: say(text.match) },
            {
              label: say(text.importGroup, { area: area?.name ?? '' }),
              options: kinds.map((kind) => ({ value: kind, label: say(importKindWords[kind]) })),
            },
          ]}
        />
      </label>
      <label>
        <span className="quiet">{say(text.crs)}</span>
        <AutoComplete
          aria-label={say(text.crs)}
          placeholder={say(text.crsOfFile)}
          value={crs}
          onChange={setCrs}
          options={coordinateSystems}
        />
      </label>
      {intent === 'check' ? (
        <CheckAction files={files} crs={crs} />
      ) : intent === 'match' ? (
        <MatchAction files={files} crs={crs} />
      ) : (
        <ImportAction key={intent} kind={intent} files={files} crs={crs} />
      )}
    </>
  )
}

interface ActionProps {
  readonly files: readonly File[]
  readonly crs: string
}

/** One question to the server that the person waits for; leaving takes it back. */
function useQuestion(): {
  readonly running: boolean
  readonly error: ApiError | null
  readonly ask: (question: (signal: AbortSignal) => Promise<void>) => void
} {
  const [running, setRunning] = useState<AbortController | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  useEffect(() => () => running?.abort(), [running])
  return {
    running: running !== null,
    error,
    ask: (question) => {
      const abort = new AbortController()
      setRunning(abort)
      setError(null)
      question(abort.signal)
        .catch((thrown: unknown) => {
          if (!abort.signal.aborted) setError(thrown as ApiError)
        })
        .finally(() => setRunning(null))
    },
  }
}

function CheckAction({ files, crs }: ActionProps): ReactNode {
  const say = useSay()
  const area = useArea()
  const detail = useResource(area ? api.area(area.code) : null).data
  const [within, setWithin] = useState(true)
  const { running, error, ask } = useQuestion()
  // One `crs` holds for all files of a check: the stored boundary can go along only where it is WGS 84 or left to the files.
  const boundary = ['', 'EPSG:4326'].includes(crs) ? detail?.boundary : null

  const run = async (signal: AbortSignal): Promise<void> => {
    const checked = await checkFiles(
      { grids: files, within: within && boundary ? [boundaryFile(boundary)] : [] },
      crs,
      signal,
    )
    keepChecked(checked)
    const box = joinBboxes(checked.grids.features.map((feature) => bboxOf(feature.geometry as never)))
    if (box) showOnMap(box)
  }

  return (
    <>
      {detail && boundary && (
        <Checkbox checked={within} onChange={(event) => setWithin(event.target.checked)}>
          {say(text.within, { area: detail.name })}
        </Checkbox>
      )}
      <div className="state-actions">
        <Button type="primary" loading={running} onClick={() => ask(run)}>
          {say(running ? text.checking : text.runCheck)}
        </Button>
      </div>
      {error && <Failed error={error} />}
    </>
  )
}

function MatchAction({ files, crs }: ActionProps): ReactNode {
  const say = useSay()
  const area = useArea()
  const { running, error, ask } = useQuestion()
  const run = async (signal: AbortSignal): Promise<void> => {
    if (!area) return
    const matched = await matchFiles(area.code, files, crs, signal)
    keepMatched(matched)
    const coordinates = matched.traces.flatMap((trace) => trace.pieces.flatMap((piece) => piece.coordinates))
    const box = bboxOf({ type: 'MultiPoint', coordinates })
    if (box) showOnMap(box)
  }
  return (
    <>
      <div className="state-actions">
        <Button type="primary" loading={running} onClick={() => ask(run)}>
          {say(running ? text.matching : text.runMatch)}
        </Button>
      </div>
      {error && <Failed error={error} />}
    </>
  )
}

/** The area's stored boundary as a file, since a check takes files only. */
const boundaryFile = (geometry: object): File =>
  new File([JSON.stringify({ type: 'Feature', properties: {}, geometry })], 'within.geojson', {
    type: 'application/geo+json',
  })

function ImportAction({ files, crs, kind }: ActionProps & { readonly kind: ImportKind }): ReactNode {
  const say = useSay()
  const area = useArea()
  const [acceptValid, setAcceptValid] = useState(false)
  const [started, setStarted] = useState<Job | null>(null)
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const followed = useResource(started ? api.job(started.id) : null)
  const jobs = useResource(api.jobs())
  const job = started && (followed.current ? followed.data : started)
  const running = job?.state === 'queued' || job?.state === 'running'

  useEffect(() => {
    if (!running) return undefined
    const timer = setInterval(followed.reload, 700)
    return () => clearInterval(timer)
  }, [running, followed.reload])

  async function run(dryRun: boolean): Promise<void> {
    if (!area) return
    setSending(true)
    setError(null)
    try {
      setStarted(await startImport(area.code, files, { kind, crs, dryRun, acceptValid }))
      jobs.reload()
    } catch (thrown) {
      setError(thrown as ApiError)
    } finally {
      setSending(false)
    }
  }

  return (
    <>
      <Checkbox checked={acceptValid} onChange={(event) => setAcceptValid(event.target.checked)}>
        {say(text.acceptValid)}
      </Checkbox>
      <div className="state-actions">
        <Button disabled={running} loading={sending} onClick={() => void run(true)}>
          {say(text.dryRun)}
        </Button>
        <Button type="primary" disabled={running || sending} onClick={() => void run(false)}>
          {say(text.runImport)}
        </Button>
      </div>
      {error && <Failed error={error} />}
      {job && (
        <>
          <JobCard job={job} onCancel={() => void cancelJob(job.id).finally(followed.reload)} />
          {job.dry_run && job.state === 'done' && <p className="quiet">{say(text.dryRunDone)}</p>}
          {job.flaws.length > 0 && <Refusals flaws={job.flaws} />}
        </>
      )}
    </>
  )
}
