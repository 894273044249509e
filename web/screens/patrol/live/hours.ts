/** 08:30 of 8.5 hours since midnight. */
export function clockOfHour(hour: number): string {
  const minutes = Math.round(hour * 60)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
