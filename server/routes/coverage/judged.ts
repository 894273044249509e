/** The judged coverage of an area on a day: made once for all that ask about it while nothing stored has changed. */
import { type JudgedArea, judgeArea } from '../../commands/coverage/judge-area.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { AreaScope } from '../../db/areas.ts'
import { findVersion } from '../../db/version.ts'
import type { Call } from '../route.ts'
import { scopeKey } from '../viewer.ts'

export async function judgedArea(
  { services, viewer, now }: Pick<Call<unknown, unknown, unknown>, 'services' | 'viewer' | 'now'>,
  area: AreaScope,
  day: string,
): Promise<JudgedArea> {
  const today = localDayOf(now)
  // A day that runs and the same day when it is over are judged differently.
  const key = `coverage ${scopeKey(viewer)} ${area.code} ${day} ${day < today ? 'over' : today}`
  const version = await findVersion(services.database)
  return services.caches.checks.get(key, version, () =>
    judgeArea(services.database.as(viewer), area, day, now, (town, content, lay) =>
      // Of the viewer's grids: others may see more of the town.
      services.caches.checks.get(`lanes ${scopeKey(viewer)} ${area.code} ${town}`, content, async () =>
        lay(),
      ),
    ),
  )
}
