/** Texts of the map's own controls. */
import type { Texts } from '../i18n/language.ts'

export const text = {
  legend: { zh: '图层与图例', en: 'Layers and legend' },
  tools: { zh: '地图工具', en: 'Map tools' },
  zoomIn: { zh: '放大', en: 'Zoom in' },
  zoomOut: { zh: '缩小', en: 'Zoom out' },
  fitArea: { zh: '显示整个区域', en: 'Show the whole area' },
  measure: { zh: '量距离和面积', en: 'Measure distance and area' },
  measureHint: { zh: '点地图开始；双击结束。', en: 'Click the map to begin; double-click to end.' },
  distance: { zh: '距离 {length}', en: 'Distance {length}' },
  surface: { zh: '面积 {area} · 周长 {length}', en: 'Area {area} · perimeter {length}' },
  clear: { zh: '清除', en: 'Clear' },
} as const satisfies Texts
