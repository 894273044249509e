/** `wangge device add|list|bind|end|disable|enable`: the phones and terminals that report positions. */
import { readFile } from 'node:fs/promises'
import { addDevice, bindDevice, changeDevice, endDeviceBinding } from '../commands/devices/manage-devices.ts'
import { newSecret } from '../commands/users/secrets.ts'
import { type DeviceKind, deviceKinds, type ListedDevice, listDevices } from '../db/devices.ts'
import { toInstant } from '../formats/times.ts'
import { type Action, runAction, type Work } from './actions.ts'
import { UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'

/** Each action and the options it takes. */
const actions = {
  add: { act: add, options: ['kind', 'town', 'worker', 'from', 'name', 'crs', 'key', 'key-file'] },
  list: { act: list, options: ['town', 'format'] },
  bind: { act: bind, options: ['worker', 'from'] },
  end: { act: end, options: ['from'] },
  disable: { act: disable, options: [] },
  enable: { act: enable, options: [] },
} as const satisfies Record<string, Action>

export const device: Verb = {
  name: 'device',
  usage:
    'add ID --kind KIND --town CODE [--worker W] [--crs CRS] [--key] | list | bind ID --worker W [--from T] | end ID | disable ID | enable ID',
  summary: {
    zh: '定位设备：登记手机与终端，分配给网格员；未登记的不予接收',
    en: 'phones and terminals that report positions, and who carries them; unknown ones are refused',
  },
  options: {
    kind: {
      type: 'string',
      value: 'KIND',
      help: {
        zh: `协议：${deviceKinds.join(' ')}（osmand 即 Traccar Client）`,
        en: `protocol: ${deviceKinds.join(' ')} (osmand is Traccar Client's)`,
      },
    },
    town: { type: 'string', value: 'CODE', help: { zh: '所属乡镇（街道）', en: 'its township' } },
    worker: { type: 'string', value: 'ID', help: { zh: '使用的网格员', en: 'the worker who carries it' } },
    from: {
      type: 'string',
      value: 'TIME',
      help: {
        zh: '分配起始时间（end：结束时间），缺省为现在',
        en: 'from when it is carried (end: until when); now when absent',
      },
    },
    name: { type: 'string', value: 'NAME', help: { zh: '设备名称', en: 'what people call it' } },
    crs: {
      type: 'string',
      value: 'CRS',
      help: {
        zh: '上报坐标的坐标系，默认 EPSG:4326；如 GCJ-02、BD-09',
        en: 'what its coordinates are in, EPSG:4326 when absent; e.g. GCJ-02, BD-09',
      },
    },
    key: {
      type: 'boolean',
      help: {
        zh: '生成密钥并显示一次，设备须在 URL 中带 ?key=…',
        en: 'makes a key, shown once, that its requests must show as ?key=…',
      },
    },
    'key-file': {
      type: 'string',
      value: 'FILE',
      help: {
        zh: '已有密钥（JT/T 808 鉴权码）所在文件',
        en: 'file with a key it has already (authentication code of JT/T 808)',
      },
    },
    format: {
      type: 'string',
      value: 'FORMAT',
      help: { zh: 'list：text（默认）或 json', en: 'list: text (default) or json' },
    },
  },
  run: (args, io) => runAction(actions, device.options, args, io),
}

async function add(args: VerbArgs, io: VerbIo): Promise<Work> {
  const id = idOf(args)
  const town = required(args, 'town')
  const kind = kindOf(args)
  const from = fromOf(args, io)
  const worker = args.text('worker')
  const given = await keyOf(args)
  const made = given === null && args.flag('key') ? newSecret() : null
  return async (db, viewer) => {
    const request = {
      town,
      id,
      kind,
      name: args.text('name') ?? null,
      coordinateSystem: args.text('crs') ?? 'EPSG:4326',
      key: given ?? made,
      carrier: worker === undefined ? undefined : { worker, from },
    }
    const kept = await addDevice(db, viewer, request, io.now())
    io.err(`已登记设备 ${kept} · device ${kept} added\n`)
    if (made !== null) io.out(`${made}\n`)
    if (worker !== undefined) io.err(`由 ${worker} 使用 · carried by ${worker}\n`)
  }
}

function list(args: VerbArgs, io: VerbIo): Work {
  const format = args.text('format') ?? 'text'
  if (format !== 'text' && format !== 'json')
    throw new UsageError({ zh: '--format 应为 text 或 json', en: '--format must be text or json' })
  const town = args.text('town')
  return async (db, viewer) => {
    const devices = await listDevices(db.as(viewer), town === undefined ? null : [town], io.now())
    if (format === 'json') io.out(`${JSON.stringify(devices.map(presentDevice), null, 2)}\n`)
    else for (const one of devices) io.out(`${lineOf(one)}\n`)
  }
}

function bind(args: VerbArgs, io: VerbIo): Work {
  const id = idOf(args)
  const worker = required(args, 'worker')
  const from = fromOf(args, io)
  return async (db, viewer) => {
    await bindDevice(db, viewer, { device: id, worker, from })
    io.err(`${id} 由 ${worker} 使用 · ${id} is carried by ${worker}\n`)
  }
}

function end(args: VerbArgs, io: VerbIo): Work {
  const id = idOf(args)
  const at = fromOf(args, io)
  return async (db, viewer) => {
    await endDeviceBinding(db, viewer, id, at)
    io.err(`${id} 已收回 · nobody carries ${id}\n`)
  }
}

function disable(args: VerbArgs, io: VerbIo): Work {
  const id = idOf(args)
  return async (db, viewer) => {
    await changeDevice(db, viewer, id, io.now())
    io.err(`已停用 ${id}，其上报不予接收 · ${id} is disabled; what it reports is refused\n`)
  }
}

function enable(args: VerbArgs, io: VerbIo): Work {
  const id = idOf(args)
  return async (db, viewer) => {
    await changeDevice(db, viewer, id, null)
    io.err(`已启用 ${id} · ${id} is enabled\n`)
  }
}

function idOf(args: VerbArgs): string {
  const id = args.positionals[1]
  if (id !== undefined) return id
  throw new UsageError({ zh: '缺少设备编号 ID', en: 'ID is missing' })
}

function required(args: VerbArgs, name: string): string {
  const value = args.text(name)
  if (value !== undefined) return value
  throw new UsageError({ zh: `缺少 --${name}`, en: `--${name} is missing` })
}

function kindOf(args: VerbArgs): DeviceKind {
  const kind = deviceKinds.find((one) => one === args.text('kind'))
  if (kind) return kind
  throw new UsageError({
    zh: `--kind 应为：${deviceKinds.join(' ')}`,
    en: `--kind must be one of: ${deviceKinds.join(' ')}`,
  })
}

function fromOf(args: VerbArgs, io: VerbIo): number {
  const text = args.text('from')
  const from = text === undefined ? io.now() : toInstant(text)
  if (from !== undefined) return from
  throw new UsageError({ zh: `--from 无法识别：${text}`, en: `--from cannot be read: ${text}` })
}

async function keyOf(args: VerbArgs): Promise<string | null> {
  const file = args.text('key-file')
  if (file === undefined) return null
  if (args.flag('key'))
    throw new UsageError({ zh: '--key 与 --key-file 只能用其一', en: 'either --key or --key-file' })
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError({
      zh: `无法读取 ${file}：${error.message}`,
      en: `cannot read ${file}: ${error.message}`,
    })
  })
  return text.replace(/\r?\n$/, '')
}

const isoOrNull = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString()

const presentDevice = (one: ListedDevice): object => ({
  id: one.device_id,
  kind: one.kind,
  town: one.town_id,
  name: one.name,
  crs: one.coordinate_system,
  has_key: one.has_key,
  worker: one.worker_id,
  bound_from: isoOrNull(one.bound_from),
  added_at: isoOrNull(one.added_at),
  disabled_at: isoOrNull(one.disabled_at),
})

function lineOf(one: ListedDevice): string {
  const state = one.disabled_at === null ? '' : '  已停用 disabled'
  return `${one.device_id.padEnd(24)} ${one.kind.padEnd(9)} ${one.town_id.padEnd(12)} ${one.worker_id ?? '—'}  ${one.name ?? ''}${state}`.trimEnd()
}
