/** The visit that an incident reported at a household or place amounts to: one an incident, however often it is sent. */

const prefix = 'incident-'

export const reportedVisitId = (incident: string): string => `${prefix}${incident}`

/** The incident behind a visit whose evidence is `incident`. */
export const incidentOfVisit = (visit: string): string => visit.slice(prefix.length)
