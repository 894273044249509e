/** Who asks. Every query of the product runs for a viewer; the database decides by it which rows exist. */

export type ViewerRole = 'administrator' | 'planner' | 'supervisor' | 'analyst' | 'worker'

/** A worker: ids are unique within a township. */
export interface WorkerKey {
  readonly town: string
  readonly id: string
}

export interface Viewer {
  readonly name: string
  readonly role: ViewerRole
  /** Codes of the counties, townships or villages the viewer answers for, with all that lies below them. */
  readonly areas: 'all' | readonly string[]
  /** The worker whose account it is; absent: no worker's. */
  readonly worker?: WorkerKey
}
