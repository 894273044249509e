import { describe, expect, it } from 'vitest'
import { createJobRegister, type Job, type JobOutcome, type JobRequest } from '../../server/commands/jobs.ts'
import { AppError } from '../../server/errors.ts'

const title = { zh: '导入', en: 'import' }
const request = (run: JobRequest['run'], rest: Partial<JobRequest> = {}): JobRequest => ({
  kind: 'import',
  title,
  run,
  ...rest,
})

function register() {
  const defects: unknown[] = []
  let clock = 1000
  const jobs = createJobRegister(
    () => clock++,
    (error) => defects.push(error),
  )
  return { jobs, defects }
}

describe('the job register', () => {
  it('runs jobs one after the other, in the order they came', async () => {
    const { jobs } = register()
    const events: string[] = []
    const work = (name: string) => async (): Promise<JobOutcome> => {
      events.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      events.push(`${name} ends`)
      return { state: 'done' }
    }
    jobs.startJob(request(work('a')))
    const second = jobs.startJob(request(work('b')))
    expect(jobs.findJob(second.id)).toMatchObject({ state: 'queued', ahead: 1 })
    await expect.poll(() => events).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  it('says of a waiting job how many of its line are before it', async () => {
    const { jobs } = register()
    const forever: JobRequest['run'] = (_report, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('ended'))))
    const ahead = (id: string) => jobs.findJob(id)?.ahead
    const [first, second, third] = [1, 2, 3].map(() =>
      jobs.startJob(request(forever, { kind: 'analysis' })),
    ) as [Job, Job, Job]
    const other = jobs.startJob(request(forever))
    expect([ahead(second.id), ahead(third.id)]).toEqual([1, 2])
    await new Promise((resolve) => setImmediate(resolve))
    // The first of each line has begun: it waits for nobody.
    expect([first, second, third, other].map(({ id }) => ahead(id))).toEqual([null, 1, 2, null])
    jobs.cancelJob(second.id)
    expect(ahead(third.id)).toBe(1)
    jobs.cancelJob(first.id)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(jobs.findJob(third.id)).toMatchObject({ state: 'running', ahead: null })
    await jobs.close()
  })

  it('lets what has begun already wait for nobody, and keeps nobody waiting for it', async () => {
    const { jobs } = register()
    let finish = (): void => {}
    const untilFinished = (): Promise<JobOutcome> =>
      new Promise((resolve) => {
        finish = () => resolve({ state: 'done' })
      })
    let finishLine = (): void => {}
    jobs.startJob(
      request(() => new Promise((resolve) => (finishLine = () => resolve({ state: 'done' }))), {
        kind: 'analysis',
      }),
    )
    const begun = jobs.startJob(request(untilFinished, { kind: 'analysis', isBegun: true }))
    const next = jobs.startJob(request(async () => ({ state: 'done' }), { kind: 'analysis' }))
    expect(begun.state).toBe('running')
    // One before it: the first, not the one that has begun.
    expect(jobs.findJob(next.id)).toMatchObject({ state: 'queued', ahead: 1 })
    finish()
    await expect.poll(() => jobs.findJob(begun.id)?.state).toBe('done')
    expect(jobs.findJob(next.id)?.state).toBe('queued')
    finishLine()
    await expect.poll(() => jobs.findJob(next.id)?.state).toBe('done')
  })

  it('keeps counts, flaws and notices of an ended job', async () => {
    const { jobs } = register()
    const counts = { read: 3, added: 2, changed: 0, unchanged: 0, refused: 1, repeated: 0 }
    const job = jobs.startJob(request(() => Promise.resolve({ state: 'refused', counts, notices: [title] })))
    await new Promise((resolve) => setImmediate(resolve))
    expect(jobs.findJob(job.id)).toMatchObject({ state: 'refused', counts, notices: [title], phase: null })
  })

  it('tells bad input from a defect, and goes on with the next job', async () => {
    const { jobs, defects } = register()
    const refused = jobs.startJob(request(() => Promise.reject(new AppError('bad_input', title))))
    const broken = jobs.startJob(request(() => Promise.reject(new Error('a bug'))))
    const after = jobs.startJob(request(() => Promise.resolve({ state: 'done' })))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(jobs.findJob(refused.id)).toMatchObject({ state: 'refused', error: title })
    expect(jobs.findJob(broken.id)?.state).toBe('failed')
    expect(defects).toHaveLength(1)
    expect(jobs.findJob(after.id)?.state).toBe('done')
  })

  it('cancels a running job through its signal and cleans up once', async () => {
    const { jobs } = register()
    let cleaned = 0
    const job = jobs.startJob(
      request(
        (_report, signal) =>
          new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(new Error('stopped'))),
          ),
        { cleanUp: () => Promise.resolve(void cleaned++) },
      ),
    )
    await new Promise((resolve) => setImmediate(resolve))
    expect(jobs.cancelJob(job.id)).toBe(true)
    await jobs.close()
    expect(jobs.findJob(job.id)?.state).toBe('cancelled')
    expect(cleaned).toBe(1)
    expect(jobs.cancelJob(job.id)).toBe(false)
  })

  it('takes nothing once it is closed, says so, and cleans up what came with it', async () => {
    const { jobs } = register()
    await jobs.close()
    let cleaned = 0
    let ran = 0
    const late = request(() => Promise.resolve({ state: ran++ === 0 ? 'done' : 'refused' }), {
      cleanUp: () => Promise.resolve(void cleaned++),
    })
    for (const isBegun of [false, true])
      expect(() => jobs.startJob({ ...late, isBegun })).toThrow(
        expect.objectContaining({ code: 'unavailable' }),
      )
    await new Promise((resolve) => setImmediate(resolve))
    expect([jobs.listJobs(), ran, cleaned]).toEqual([[], 0, 2])
  })

  it('shows progress while a job runs', async () => {
    const { jobs } = register()
    let finish: (() => void) | undefined
    const job = jobs.startJob(
      request((report) => {
        report({ zh: '读取', en: 'reading' }, 5, 10)
        return new Promise((resolve) => {
          finish = () => resolve({ state: 'done' })
        })
      }),
    )
    await new Promise((resolve) => setImmediate(resolve))
    expect(jobs.findJob(job.id)).toMatchObject({
      state: 'running',
      done: 5,
      total: 10,
      phase: { en: 'reading' },
    })
    finish?.()
    await jobs.close()
    expect(jobs.findJob(job.id)?.state).toBe('done')
  })
})
