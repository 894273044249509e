/** The area a route is about, as the scope of its queries. */
import { type AreaScope, findArea } from '../db/areas.ts'
import type { Scoped } from '../db/scoped.ts'
import { notFound } from '../errors.ts'

/** @throws AppError `not_found` when there is no such area or the viewer may not see it. */
export async function loadArea(db: Scoped, code: string): Promise<AreaScope> {
  const area = await findArea(db, code)
  if (!area) throw notFound({ zh: `区域 ${code}`, en: `Area ${code}` })
  return area
}
