/** GET /api/areas/{code}/workers/{worker}/days/{day}/visits: check-ins, forms and reports of a day, beside what the trace tells. */
import { z } from 'zod'
import { type DayVisits, dayVisitsSchema } from '../../contract/check-ins.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { codeSchema, daySchema } from '../../contract/values.ts'
import { incidentOfVisit } from '../../core/check-ins/reported-visit.ts'
import { type DayVisit, listDayVisits } from '../../db/check-ins.ts'
import { exactTowns } from '../../db/privacy.ts'
import { isoInstant } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { loadWhose } from '../whose.ts'

export const dayVisitsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/workers/{worker}/days/{day}/visits',
  tag: 'patrols',
  summary: {
    zh: '当天的签到与走访',
    en: 'Check-ins, visits entered and incidents reported at the door on a day',
  },
  params: z.object({ code: codeSchema, worker: codeSchema, day: daySchema }),
  query: emptyQuery,
  answer: jsonAnswer(
    200,
    'In the order of time, with what stands out; they count whatever the trace says',
    dayVisitsSchema,
  ),
  async handle({ db, params: { code, worker, day } }) {
    const { area } = await loadWhose(db, code, worker)
    const visits = await listDayVisits(db, area, worker, day)
    const exact = await exactTowns(db)
    // Who may not see where people live is told how many households were visited, not whose nor when.
    const [shown, hidden] = [true, false].map((is) =>
      visits.filter(({ town_id, kind }) => is === (kind !== 'household' || maySee(exact, town_id))),
    )
    return {
      body: {
        visits: shown!.map((one) => present(one, maySee(exact, one.town_id))),
        households_hidden: hidden!.length,
      },
    }
  },
})

const maySee = (exact: readonly string[] | null, town: string): boolean =>
  exact === null || exact.includes(town)

const present = (one: DayVisit, isExact: boolean): DayVisits['visits'][number] => ({
  id: one.visit_id,
  kind: one.kind,
  subject: one.subject_id,
  name: one.name,
  must_visit: one.must_visit,
  lon: one.longitude,
  lat: one.latitude,
  from: isoInstant(one.visited_from),
  to: one.visited_to === null ? null : isoInstant(one.visited_to),
  evidence: one.evidence,
  // What is private about an incident is where it was.
  incident: isExact && one.evidence === 'incident' ? incidentOfVisit(one.visit_id) : null,
  note: isExact ? one.note : null,
  marks: [...(one.marks ?? [])],
  distance_metres: one.distance_metres,
  entered_by: one.marks?.includes('on_behalf') ? one.entered_by : null,
})
