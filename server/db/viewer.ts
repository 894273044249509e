/** Who asks. Every query of the product runs for a viewer; the database decides by it which rows exist. */

export type ViewerRole = 'administrator' | 'planner' | 'supervisor' | 'analyst' | 'worker'

export interface Viewer {
  readonly name: string
  readonly role: ViewerRole
  /** Codes of the counties, townships or villages the viewer answers for, with all that lies below them. */
  readonly areas: 'all' | readonly string[]
}
