/**
 * A plan being edited: its drawing, what was done to it, what the server has not been told yet, what the check says. One at a
 * time, outside React; the panel, the map and the drawer read it. The drawing is built and checked in a worker; edits are made here,
 * at once, and saved half a second after the last one.
 */
import type { CheckProblem } from '../../../../server/contract/check.ts'
import { applyEdit } from '../../../../server/core/planning/drawing/apply-edit.ts'
import type { Drawing, Patch } from '../../../../server/core/planning/drawing/drawing.ts'
import type { Edit, Refusal } from '../../../../server/core/planning/drawing/edit.ts'
import {
  emptyHistory,
  type History,
  push,
  redo,
  type Step,
  undo,
} from '../../../../server/core/planning/drawing/history.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import { ApiError } from '../../../api-error.ts'
import { createStore, type Store } from '../../../store.ts'
import { type CheckThread, startCheckThread } from './check-thread.ts'
import type { FromChecker } from './checker.ts'
import { editsLeft, type Operation, type Remade, remake } from './operations.ts'

/** What a session asks of the server. */
export interface PlanServer {
  readonly load: (signal: AbortSignal) => Promise<LoadedPlan>
  /** Saves steps made on a revision; the next revision. Throws ApiError; its code is `conflict` when somebody was quicker. */
  readonly save: (save: PlanSave) => Promise<number>
}

export interface LoadedPlan {
  readonly revision: number
  /** The drawing as text (`drawing-json.ts`). */
  readonly document: string
  /** All that was ever done to it up to this revision: it can be taken back. */
  readonly history: History
}

export interface PlanSave {
  readonly revision: number
  /** The save's own name: sent twice, it is done once. */
  readonly batch: string
  readonly operations: readonly Operation[]
  /** The page is going away: the request must outlive it. */
  readonly last: boolean
}

export interface SessionState {
  readonly drawing: Drawing | null
  readonly failed: ApiError | null
  readonly history: History
  readonly revision: number
  readonly waiting: readonly Operation[]
  readonly saving: 'rest' | 'busy' | 'failed' | 'conflict'
  readonly saveError: ApiError | null
  /** Why the last edit was not made; a new object each time. */
  readonly refusal: Refusal | null
  /** By village. */
  readonly problems: ReadonlyMap<string, readonly CheckProblem[]>
  readonly labels: ReadonlyMap<string, LngLat>
  /** The worker has yet to check the last edit. */
  readonly checking: boolean
  readonly checkMilliseconds: number | null
  /** What could not be made again after somebody else's save. */
  readonly lost: Remade['refused']
}

const start: SessionState = {
  drawing: null,
  failed: null,
  history: emptyHistory,
  revision: 0,
  waiting: [],
  saving: 'rest',
  saveError: null,
  refusal: null,
  problems: new Map(),
  labels: new Map(),
  checking: true,
  checkMilliseconds: null,
  lost: [],
}

/** Milliseconds without another edit after which a save is sent. */
const saveAfter = 500

export class Session {
  readonly store: Store<SessionState> = createStore(start)
  readonly #server: PlanServer
  readonly #band: SizeBand | null
  readonly #abort = new AbortController()
  readonly #startThread: typeof startCheckThread
  #thread: CheckThread | undefined
  /** Messages of `apply` that were sent. */
  #sent = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #onOpened: ((drawing: Drawing) => void) | undefined
  #saving: Promise<void> | undefined
  #unanswered: PlanSave | undefined

  constructor(server: PlanServer, band: SizeBand | null, startThread = startCheckThread) {
    this.#server = server
    this.#band = band
    this.#startThread = startThread
    void this.#load((drawing, history) => this.store.write({ drawing, history }))
  }

  close(): void {
    this.flush(true)
    this.#abort.abort()
    clearTimeout(this.#timer)
    this.#thread?.stop()
  }

  /** Loads again: after a conflict, or when it failed. What was not saved is made again as far as possible. */
  reload(): void {
    const edits = editsLeft(this.store.read().waiting)
    this.store.write({ failed: null, saving: 'rest', saveError: null })
    void this.#load((drawing, history) => {
      const made = remake(drawing, history, edits)
      const { operations } = made
      this.store.write({
        drawing: made.drawing,
        history: made.history,
        waiting: operations,
        lost: made.refused,
      })
      if (operations.length === 0) return
      this.#follow(operations.map((operation) => operation.edit))
      this.#saveSoon()
    })
  }

  /** Makes an edit; why not, where it is refused. */
  edit(edit: Edit): Refusal | null {
    const { drawing, history, waiting } = this.store.read()
    if (!drawing) return null
    const result = applyEdit(drawing, edit)
    if ('code' in result) {
      this.store.write({ refusal: result })
      return result
    }
    this.store.write({
      drawing: result.drawing,
      history: push(history, edit, result),
      waiting: [...waiting, { op: 'edit', edit }],
      refusal: null,
    })
    this.#follow([edit])
    this.#saveSoon()
    return null
  }

  undo(): void {
    const { history, drawing } = this.store.read()
    const inverse = history.done.at(-1)?.inverse
    const step = drawing && undo(history, drawing)
    if (step && inverse) this.#took(step, { op: 'undo' }, inverse)
  }

  redo(): void {
    const { history, drawing } = this.store.read()
    const edit = history.undone.at(-1)
    const step = drawing && redo(history, drawing)
    if (step && edit) this.#took(step, { op: 'redo' }, edit)
  }

  /** Sends what waits now. */
  flush(last = false): void {
    clearTimeout(this.#timer)
    void this.#save(last)
  }

  /** What waits has been saved, or cannot be; then the plan can be submitted. */
  async settled(): Promise<boolean> {
    clearTimeout(this.#timer)
    while (this.store.read().waiting.length > 0 && this.store.read().saving !== 'conflict') {
      await this.#save(false)
      if (this.store.read().saving === 'failed') return false
    }
    return this.store.read().waiting.length === 0
  }

  dismissRefusal(): void {
    this.store.write({ refusal: null })
  }

  dismissLost(): void {
    this.store.write({ lost: [] })
  }

  #took({ history, drawing }: Step, operation: Operation, done: Edit | Patch): void {
    this.store.write({ history, drawing, waiting: [...this.store.read().waiting, operation], refusal: null })
    this.#follow([done])
    this.#saveSoon()
  }

  async #load(use: (drawing: Drawing, history: History) => void): Promise<void> {
    try {
      const { document, history, revision } = await this.#server.load(this.#abort.signal)
      this.#sent = 0
      this.#onOpened = (drawing) => {
        this.store.write({ revision, problems: new Map(), checking: true })
        use(drawing, history)
      }
      this.#thread ??= this.#startThread((message) => this.#heard(message))
      this.#thread.send({ type: 'open', document, band: this.#band })
    } catch (thrown) {
      if (!this.#abort.signal.aborted) this.store.write({ failed: thrown as ApiError })
    }
  }

  #heard(message: FromChecker): void {
    if (message.type === 'opened') {
      this.#onOpened?.(message.drawing)
      this.#onOpened = undefined
    } else if (message.type === 'failed') this.store.write({ failed: brokenDrawing(message.reason) })
    else {
      const { problems, labels } = this.store.read()
      this.store.write({
        problems: new Map([...problems, ...message.problems]),
        labels: new Map([...labels, ...message.labels]),
        checking: message.applied < this.#sent,
        checkMilliseconds: message.milliseconds,
      })
    }
  }

  #follow(steps: readonly (Edit | Patch)[]): void {
    this.#sent++
    this.store.write({ checking: true })
    this.#thread?.send({ type: 'apply', steps })
  }

  #saveSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#save(false), saveAfter)
  }

  /** One save at a time; what is done meanwhile waits for the next. */
  async #save(last: boolean): Promise<void> {
    if (this.#saving) {
      await this.#saving
      if (!last) return
    }
    const { waiting, saving, revision } = this.store.read()
    if (waiting.length === 0 || saving === 'conflict') return
    // A save that got no answer may have been made: it is sent again as it was.
    this.#unanswered ??= { revision, batch: newName(), operations: waiting, last }
    this.#saving = this.#send({ ...this.#unanswered, last })
    await this.#saving
    this.#saving = undefined
    if (this.store.read().waiting.length > 0 && this.store.read().saving === 'rest') this.#saveSoon()
  }

  async #send(save: PlanSave): Promise<void> {
    this.store.write({ saving: 'busy' })
    try {
      const revision = await this.#server.save(save)
      this.#unanswered = undefined
      const waiting = this.store.read().waiting.slice(save.operations.length)
      this.store.write({ revision, waiting, saving: 'rest', saveError: null })
    } catch (thrown) {
      const error = thrown as ApiError
      const refused = error.code !== 'offline' && error.code !== 'busy' && error.code !== 'unavailable'
      if (refused) this.#unanswered = undefined
      this.store.write({ saving: refused ? 'conflict' : 'failed', saveError: error })
    }
  }
}

/** Offices use plain http, where `crypto.randomUUID` is absent. */
const newName = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((one) => one.toString(16).padStart(8, '0')).join('')

const brokenDrawing = (reason: string): ApiError =>
  new ApiError(
    'not_understood',
    { zh: '这个方案的图形无法读取。', en: 'The drawing of this plan cannot be read.' },
    reason,
  )
