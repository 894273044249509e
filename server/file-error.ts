/** What the file system says of a path, in words a person can do something about. */
import type { Message } from './core/values.ts'

const reasons: Readonly<Record<string, Message>> = {
  ENOENT: { zh: '没有这个文件夹或文件', en: 'there is no such folder or file' },
  ENOTDIR: { zh: '路径中有一段不是文件夹', en: 'a part of the path is no folder' },
  EISDIR: { zh: '这是文件夹，不是文件', en: 'it is a folder, not a file' },
  EACCES: { zh: '没有权限', en: 'permission is denied' },
  EPERM: { zh: '没有权限', en: 'permission is denied' },
  EROFS: { zh: '磁盘只读', en: 'the disk is read-only' },
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
}

/** Undefined for whatever is no failure of a path: a defect, or a connection. */
export function fileErrorMessage(error: unknown): Message | undefined {
  if (!(error instanceof Error) || !('path' in error) || !('syscall' in error)) return undefined
  const path = String(error.path).replace(/\.part$/, '')
  const code = 'code' in error ? String(error.code) : ''
  const reason = Object.hasOwn(reasons, code) ? reasons[code]! : { zh: error.message, en: error.message }
  return { zh: `${path}：${reason.zh}`, en: `${path}: ${reason.en}` }
}
