// Node 20 loads no TypeScript by itself, and a worker thread does not inherit the main thread's loader.
import { register } from 'tsx/esm/api'

register()
await import('../../cli.ts')
