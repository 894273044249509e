/** The layout is the architecture: who may import whom (ARCHITECTURE.md), as a test. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Import {
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return entry.name === 'dist' || entry.name === 'node_modules' ? [] : filesUnder(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+\.tsx?)['"]/g

/** Import statements of a file; relative targets become paths from the root of the checkout. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(importPattern)].map((match) => {
    const target = match[2] ?? match[3] ?? match[4] ?? ''
    const path = target.startsWith('.') ? normalize(join(dirname(file), target.replace(/\?.*$/, ''))) : target
    return { file, target: path, typeOnly: match[1] !== undefined }
  })
}

/** `server/core/coverage/x.ts` → `core`; `server/app.ts` → `server`; `web/…` → `web`; a package → undefined. */
function roomOf(path: string): string | undefined {
  const inServer = /^server\/([a-z]+)\//.exec(path)
  if (inServer) return inServer[1]
  return /^(server|web|sql|data|scripts|test)\//.exec(path)?.[1]
}

const files = ['server', 'web', 'scripts', 'test'].flatMap(filesUnder)
const imports = files.flatMap(importsOf)
const production = imports.filter((one) => !/^(test|scripts)\//.test(one.file))

const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')

interface Rule {
  readonly rooms: readonly string[]
  readonly packages?: readonly RegExp[]
  readonly builtins: boolean
}

/** What each room may import beside itself. Types of `core` may be imported by `contract`. */
const rules: Readonly<Record<string, Rule>> = {
  core: {
    rooms: [],
    packages: [
      /^@turf\//,
      /^h3-js$/,
      /^geojson$/,
      /^robust-predicates$/,
      /^flatbush$/,
      /^geographiclib-geodesic$/,
      /^polylabel$/,
      /^earcut$/,
      /^chinese-days$/,
    ],
    builtins: false,
  },
  contract: { rooms: ['core'], packages: [/^zod$/, /^geojson$/], builtins: false },
  formats: { rooms: ['core'], builtins: true },
  db: { rooms: ['core', 'sql'], builtins: true },
  commands: { rooms: ['core', 'db', 'formats'], builtins: true },
  routes: { rooms: ['contract', 'core', 'db', 'commands', 'formats'], builtins: true },
  web: { rooms: ['contract', 'core'], builtins: false },
}

/** Files of `server/` itself that any room on the server may use: the closed list of errors, the shape of the configuration. */
const shared = ['server/errors.ts', 'server/config.ts']

describe('who imports whom', () => {
  for (const [room, rule] of Object.entries(rules)) {
    it(`${room} imports only ${['itself', ...rule.rooms].join(', ')}${rule.builtins ? '' : ', and nothing of Node'}`, () => {
      const own = production.filter((one) => roomOf(one.file) === room)
      const wrong = own.filter(({ target }) => {
        if (shared.includes(target)) return room === 'core' || room === 'contract' || room === 'web'
        const other = roomOf(target)
        if (other !== undefined) return other !== room && !rule.rooms.includes(other)
        if (isBuiltin(target)) return !rule.builtins
        return rule.packages !== undefined && !rule.packages.some((one) => one.test(packageOf(target)))
      })
      expect(wrong.map((one) => `${one.file} → ${one.target}`)).toEqual([])
    })
  }

  it('contract takes only types of core', () => {
    const wrong = production.filter(
      (one) => roomOf(one.file) === 'contract' && roomOf(one.target) === 'core' && !one.typeOnly,
    )
    expect(wrong.map((one) => `${one.file} → ${one.target}`)).toEqual([])
  })

  const onlyIn: Readonly<Record<string, RegExp>> = {
    'h3-js': /^server\/core\/hexagons\//,
    pg: /^server\/db\//,
    '@electric-sql/pglite': /^server\/db\//,
    express: /^server\/(routes\/|app\.ts)/,
    'maplibre-gl': /^web\//,
    'geojson-validation': /^server\/formats\//,
    exceljs: /^server\/formats\//,
    proj4: /^server\/formats\//,
    gcoord: /^server\/formats\//,
  }
  for (const [name, place] of Object.entries(onlyIn)) {
    it(`${name} is imported only in ${place.source}`, () => {
      const wrong = production.filter((one) => packageOf(one.target) === name && !place.test(one.file))
      expect(wrong.map((one) => one.file)).toEqual([])
    })
  }

  it('no file imports, by way of others, itself', () => {
    const reached = new Map(production.map((one) => [one.file, new Set<string>()]))
    for (const { file, target } of production) if (reached.has(target)) reached.get(file)?.add(target)
    // Files that import nothing any more are taken away, until only circles and what leads to them are left.
    for (let before = -1; before !== reached.size; ) {
      before = reached.size
      for (const [file, targets] of reached)
        if (![...targets].some((target) => reached.has(target))) reached.delete(file)
    }
    expect([...reached.keys()]).toEqual([])
  })

  it('no production code imports a test or a script', () => {
    const wrong = production.filter((one) => /^(test|scripts)\//.test(one.target))
    expect(wrong.map((one) => `${one.file} → ${one.target}`)).toEqual([])
  })

  it('only main, the command line and the starter read the environment and the clock', () => {
    const wrong = files.filter((file) => {
      if (!/^server\//.test(file) || /^server\/(main\.ts|cli\.ts|start\.ts)$/.test(file)) return false
      const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      return /\bprocess\.env\b|\bDate\.now\(|new Date\(\)|Math\.random\(/.test(text)
    })
    expect(wrong).toEqual([])
  })

  it('web has one fetch', () => {
    const wrong = files.filter(
      (file) =>
        /^web\//.test(file) &&
        file !== 'web/api.ts' &&
        /\bfetch\(/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(wrong).toEqual([])
  })
})

describe('the rooms', () => {
  it('have names that say what lives there', () => {
    const wrong = files
      .map((file) => relative('.', dirname(file)))
      .filter((folder) => /(^|\/)(utils?|helpers?|common|shared|misc|lib|types)(\/|$)/.test(folder))
    expect([...new Set(wrong)]).toEqual([])
  })

  it('hold files short enough to read', () => {
    const long = files
      .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 351)
    expect(long).toEqual([])
  })

  it('keep SQL in files: one statement a query file, with its purpose on top', () => {
    const folder = join(root, 'sql/queries')
    const queries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.sql'),
    )
    const wrong = queries.filter((name) => {
      if (!statSync(join(folder, name)).isFile()) return true
      const text = readFileSync(join(folder, name), 'utf8')
      return !/^[a-z-]+\/[a-z0-9-]+\.sql$/.test(name) || !text.startsWith('--')
    })
    expect(wrong).toEqual([])
    expect(queries.length).toBeGreaterThan(0)
  })
})
