/** `npm start`: reads the environment, builds the web application where it is missing, serves, stops in good order. */
import { ConfigError, readConfig } from './config.ts'
import { serve } from './serve.ts'

try {
  const config = readConfig(process.env)
  process.exitCode = await serve(config, (line) => void process.stderr.write(`${line}\n`))
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  for (const { zh, en } of error.problems) process.stderr.write(`${zh} · ${en}\n`)
  process.exitCode = 2
}
