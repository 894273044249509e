/**
 * How well did a map of hot spots tell where incidents would come? Judged on a period after the one that made the map: a map
 * judged on its own incidents is always good.
 *
 *     hit rate = n/N            PAI = (n/N) / (a/A)         Chainey, Tompson & Uhlig (2008) Security Journal 21: 4–28
 *     PEI = PAI / best PAI      of the same area, had the incidents been known           Hunt (2016), NIJ
 *     RRI = (n/n₀) / (N/N₀)     with n₀, N₀ of the map's own period: how much of it stayed      Levine (2008) Security Journal 21: 295–302
 *
 * n of N incidents fell into a of A km² called hot.
 */

/** A hexagon or grid: what the map said of it, and what came. */
export interface JudgedPlace {
  readonly id: string
  readonly squareKm: number
  /** What the map ranks by; null: it says nothing here, which is last. */
  readonly score: number | null
  /** Incidents of the period the map was made from, and of the later one. */
  readonly before: number
  readonly after: number
}

export interface PredictionAccuracy {
  /** Places called hot, their area and its share of the whole. */
  readonly hot: number
  readonly hotSquareKm: number
  readonly areaShare: number
  readonly hits: number
  readonly incidents: number
  /** Null where nothing is hot or no incident came: then nothing can be said. */
  readonly hitRate: number | null
  readonly pai: number | null
  /** Null also where the best possible choice would hit nothing. */
  readonly pei: number | null
  readonly rri: number | null
}

/** Periods half-open, epoch milliseconds. */
export interface JudgedPeriods {
  readonly map: { readonly from: number; readonly to: number }
  readonly later: { readonly from: number; readonly to: number }
}

/**
 * Accuracy of the places of highest score that together stay within a share of the area (at least the first where
 * `share` > 0 allows it). Equal scores are taken by id, so that the order of the input does not show.
 * @throws RangeError for a later period that begins before the map's ends, a share outside [0, 1], areas that are none
 */
export function accuracyOfShare(
  places: readonly JudgedPlace[],
  share: number,
  periods: JudgedPeriods,
): PredictionAccuracy {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share of ${share}`)
  const ranked = prepare(places, periods)
  const allowed = share * sum(places, 'squareKm') * (1 + 1e-12)
  let area = 0
  const end = ranked.findIndex((place) => place.score === null || (area += place.squareKm) > allowed)
  return judge(ranked.slice(0, end < 0 ? ranked.length : end), places)
}

/** Accuracy of the places named hot, e.g. those significant at a false discovery rate. Errors as {@link accuracyOfShare}. */
export function accuracyOf(
  places: readonly JudgedPlace[],
  hot: ReadonlySet<string>,
  periods: JudgedPeriods,
): PredictionAccuracy {
  return judge(
    prepare(places, periods).filter((place) => hot.has(place.id)),
    places,
  )
}

/**
 * The whole curve: accuracy after each place in the order of score, for a chart of hits against area. Places the map says
 * nothing of are not in it. Errors as {@link accuracyOfShare}.
 */
export function accuracyCurve(places: readonly JudgedPlace[], periods: JudgedPeriods): PredictionAccuracy[] {
  const ranked = prepare(places, periods).filter((place) => place.score !== null)
  const judgeFirst = judgeWithin(places)
  let taken = { hot: 0, squareKm: 0, before: 0, after: 0 }
  return ranked.map((place) => {
    taken = {
      hot: taken.hot + 1,
      squareKm: taken.squareKm + place.squareKm,
      before: taken.before + place.before,
      after: taken.after + place.after,
    }
    return judgeFirst(taken)
  })
}

function prepare(places: readonly JudgedPlace[], { map, later }: JudgedPeriods): JudgedPlace[] {
  if (!(map.from < map.to && later.from < later.to)) throw new RangeError('a period is empty')
  if (later.from < map.to)
    throw new RangeError('the later period begins before the end of the one that made the map')
  if (!places.every(({ squareKm }) => squareKm > 0 && Number.isFinite(squareKm)))
    throw new RangeError('a place has no area')
  return places.toSorted(
    (a, b) =>
      (b.score ?? Number.NEGATIVE_INFINITY) - (a.score ?? Number.NEGATIVE_INFINITY) || (a.id < b.id ? -1 : 1),
  )
}

const sum = (places: readonly JudgedPlace[], of: 'squareKm' | 'before' | 'after'): number =>
  places.reduce((total, place) => total + place[of], 0)

interface Taken {
  readonly hot: number
  readonly squareKm: number
  readonly before: number
  readonly after: number
}

const judge = (hot: readonly JudgedPlace[], places: readonly JudgedPlace[]): PredictionAccuracy =>
  judgeWithin(places)({
    hot: hot.length,
    squareKm: sum(hot, 'squareKm'),
    before: sum(hot, 'before'),
    after: sum(hot, 'after'),
  })

function judgeWithin(places: readonly JudgedPlace[]): (taken: Taken) => PredictionAccuracy {
  const [whole, all, allBefore] = [sum(places, 'squareKm'), sum(places, 'after'), sum(places, 'before')]
  const best = bestHits(places)
  return ({ hot, squareKm, before, after }) => {
    const judged = squareKm > 0 && all > 0
    const hitRate = judged ? after / all : null
    const pai = judged ? after / all / (squareKm / whole) : null
    const possible = best(squareKm)
    return {
      hot,
      hotSquareKm: squareKm,
      areaShare: whole > 0 ? squareKm / whole : 0,
      hits: after,
      incidents: all,
      hitRate,
      pai,
      pei: judged && possible > 0 ? after / possible : null,
      rri: judged && before > 0 ? after / before / (all / allBefore) : null,
    }
  }
}

/**
 * Most incidents that an area of this size could have caught: whole places by incidents per km², and of the next as much as
 * fits. No choice of places catches more, so PEI is never above 1; with places of one size it is the choice of the best.
 */
function bestHits(places: readonly JudgedPlace[]): (squareKm: number) => number {
  const ranked = places.toSorted((a, b) => b.after / b.squareKm - a.after / a.squareKm)
  const area = new Float64Array(ranked.length + 1)
  const hits = new Float64Array(ranked.length + 1)
  ranked.forEach((place, k) => {
    area[k + 1] = area[k]! + place.squareKm
    hits[k + 1] = hits[k]! + place.after
  })
  return (squareKm) => {
    let [low, high] = [0, ranked.length]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (area[middle]! <= squareKm * (1 + 1e-12)) low = middle
      else high = middle - 1
    }
    const next = ranked[low]
    return hits[low]! + (next ? next.after * Math.max(0, (squareKm - area[low]!) / next.squareKm) : 0)
  }
}
