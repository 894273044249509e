/** The worker in which the open plan is checked. */
import { createChecker, type FromChecker, type ToChecker } from './checker.ts'

const hear = createChecker((message: FromChecker) => postMessage(message))
addEventListener('message', ({ data }: MessageEvent<ToChecker>) => hear(data))
