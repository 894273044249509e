/** `npm run dev`: the server, restarted when its files change, and Vite's dev server in front of it. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (...command: string[]) => spawn('npx', command, { cwd: root, stdio: 'inherit' })

const children = [run('tsx', 'watch', '--clear-screen=false', 'server/main.ts'), run('vite')]
console.error('http://127.0.0.1:5173 (Vite) → http://127.0.0.1:3000 (server)')
const stop = (): void => {
  for (const child of children) child.kill('SIGTERM')
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
for (const child of children) child.once('exit', stop)
