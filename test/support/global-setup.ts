/** Runs once before the whole suite and, by what it returns, after it. */
import { removePlaces } from './place.ts'

export default function setup(): () => Promise<void> {
  return () => removePlaces(process.pid)
}
