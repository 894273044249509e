/** Working days of the national calendar of China, make-up days included. */
import chineseDays from 'chinese-days'

const dayMilliseconds = 86_400_000

/** Working days in [from, to), `YYYY-MM-DD`. Years beyond the published calendar fall back to Monday to Friday. */
export function workingDaysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (
    let time = Date.parse(`${from}T00:00:00Z`);
    time < Date.parse(`${to}T00:00:00Z`);
    time += dayMilliseconds
  ) {
    const day = new Date(time).toISOString().slice(0, 10)
    if (chineseDays.isWorkday(day)) days.push(day)
  }
  return days
}
