/** Texts of the live view. */
import type { Texts } from '../../../i18n/language.ts'

export const text = {
  layer: { zh: '实时位置', en: 'Live positions' },
  states: {
    inside: { zh: '在本网格', en: 'In grid' },
    outside: { zh: '在本网格外', en: 'Out of grid' },
    unassigned: { zh: '没有包干网格', en: 'No grid assigned' },
    stale: { zh: '位置较旧', en: 'Stale' },
    offline: { zh: '久无上传', en: 'Offline' },
  },
  /** With what makes a position one. */
  stateWhy: {
    inside: { zh: '最近一次定位在本人网格内', en: 'The latest position lies in the grid of this worker' },
    outside: {
      zh: '最近一次定位在本人网格外',
      en: 'The latest position lies outside the grids of this worker',
    },
    unassigned: { zh: '现在没有分配网格', en: 'No grid is assigned now' },
    stale: { zh: '超过 {stale} 没有新的定位', en: 'No new position for {stale}' },
    offline: { zh: '超过 {offline} 没有新的定位', en: 'No new position for {offline}' },
  },
  legendNote: {
    zh: '只说明最近一次定位，手机省电也会停传；不作考核依据。',
    en: 'It tells of the latest position only; phones that save power fall silent, too. No one is judged by it.',
  },
  list: { zh: '实时网格员列表', en: 'Live workers' },
  showWhich: { zh: '显示哪些人', en: 'Which workers' },
  all: { zh: '全部 {n}', en: 'All {n}' },
  stateN: { zh: '{state} {n}', en: '{state} {n}' },
  reach: { zh: '范围', en: 'Reach' },
  reaches: {
    area: { zh: '整个区域', en: 'Whole area' },
    map: { zh: '地图范围内', en: 'In the map' },
  },
  age: { zh: '定位于', en: 'Measured' },
  ago: { zh: '{age} 前', en: '{age} ago' },
  clock: { zh: '数据时间', en: 'Data as of' },
  status: {
    idle: { zh: '未连接', en: 'Not connected' },
    connecting: { zh: '正在连接', en: 'Connecting' },
    live: { zh: '已连接', en: 'Connected' },
    interrupted: { zh: '连接中断，正在重试', en: 'Interrupted, trying again' },
    ended: { zh: '已断开', en: 'Disconnected' },
  },
  heardAgo: { zh: '{age} 前收到', en: 'heard {age} ago' },
  movedN: { zh: '{n} 人有位置', en: '{n:worker|workers} with a position' },
  empty: { zh: '今天还没有人上传定位', en: 'Nobody has sent a position today' },
  emptyHint: {
    zh: '由管理员用 wangge device add 登记手机或定位终端（Traccar Client、OwnTracks、JT/T 808）并分配给网格员；位置随后出现在这里，不用刷新。',
    en: 'The administrator adds a phone or terminal (Traccar Client, OwnTracks, JT/T 808) for a worker with “wangge device add”; positions then appear here by themselves.',
  },
  emptyMap: { zh: '地图范围内没有人', en: 'Nobody is in the map' },
  wholeArea: { zh: '看整个区域', en: 'Show the whole area' },
  noMatch: { zh: '没有符合筛选的网格员', en: 'No worker matches the filter' },
  closed: {
    zh: '现在不在工作时段，不显示位置',
    en: 'Positions are not shown beyond working hours',
  },
  closedHint: {
    zh: '按本地规定，只在 {from}–{to} 显示网格员位置。',
    en: 'By the rules of this place positions of workers are shown from {from} to {to} only.',
  },
  closedSome: {
    zh: '{n} 个乡镇不在工作时段，不显示位置',
    en: '{n} townships are beyond their working hours and show no positions',
  },
  forbidden: { zh: '没有查看实时位置的权限', en: 'You may not see live positions' },
  forbiddenHint: {
    zh: '实时位置属于个人信息，只有督导和管理员可以查看，每次查看都有记录。',
    en: 'Live positions are personal data: supervisors and administrators see them, and each look is noted.',
  },
  noted: { zh: '查看实时位置会留下记录', en: 'Looking at live positions is noted' },
  follow: { zh: '地图跟随此人', en: 'Keep the map on this worker' },
  openDay: { zh: '看今天的巡查', en: 'Open the day' },
  openGrid: { zh: '看网格 {grid}', en: 'Open grid {grid}' },
  state: { zh: '状态', en: 'State' },
  fixedAt: { zh: '定位时间', en: 'Measured at' },
  received: { zh: '收到', en: 'Received' },
  receivedAfter: { zh: '定位后 {delay}', en: '{delay} later' },
  accuracy: { zh: '误差半径', en: 'Error radius' },
  speed: { zh: '速度', en: 'Speed' },
  kmh: { zh: '{n} km/h', en: '{n} km/h' },
  position: { zh: '位置', en: 'Position' },
  grids: { zh: '包干网格', en: 'Grids' },
  notHere: { zh: '现在没有此人的位置', en: 'No position of this worker now' },
  notHereHint: {
    zh: '今天没有上传定位，或者不在所选范围内。',
    en: 'Nothing was sent today, or the worker is beyond what is shown.',
  },
} as const satisfies Texts
