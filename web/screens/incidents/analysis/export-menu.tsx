/** What is shown, as a file: the answer with its card as table or map data, the map with its legend as a picture. */
import { App, Button, Dropdown } from 'antd'
import type { ReactNode } from 'react'
import { analysisFile } from '../../../api-analysis.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useTheme } from '../../../preferences.ts'
import { type Shown, useAsked } from '../data.ts'
import { cellLegend, clusterLegend } from './legends.ts'
import { pictureFile } from './picture-file.ts'
import { text } from './text.ts'
import { usePicture } from './use-picture.ts'

const formats = [
  { key: 'csv', label: 'CSV' },
  { key: 'xlsx', label: 'Excel (XLSX)' },
  { key: 'geojson', label: 'GeoJSON' },
] as const

export function ExportMenu(): ReactNode {
  const say = useSay()
  const area = useArea()
  const theme = useTheme()
  const { message } = App.useApp()
  const { shown } = useAsked()
  const picture = usePicture()
  if (!shown || !picture || !area) return null
  const savePicture = async (): Promise<void> => {
    const { card } = shown.answer
    const legends = [
      cellLegend(picture, '', say),
      ...(shown.answer.clusters ? [clusterLegend(picture, '', say)] : []),
    ]
    const file = await pictureFile({
      legends,
      title: say(card.title),
      lines: [
        `${area.name} · ${say(text.through, { from: shown.interval.from, to: shown.interval.to })}`,
        say(card.reading),
      ],
      theme,
    })
    if (file) save(URL.createObjectURL(file), `${fileName(area.code, shown)}.png`)
    else message.error(say(text.png))
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'png', label: say(text.exportPng) },
          ...formats.map(({ key, label }) => ({ key, label })),
        ],
        onClick: ({ key }) => {
          const format = formats.find((one) => one.key === key)
          if (format)
            save(analysisFile(area.code, shown.query, format.key), `${fileName(area.code, shown)}.${key}`)
          else void savePicture()
        },
      }}
    >
      <Button size="small">{say(text.export)}</Button>
    </Dropdown>
  )
}

const fileName = (area: string, { answer, interval }: Shown): string =>
  `${area}-${answer.statistic}-${interval.from}-${interval.to}`

function save(href: string, name: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
  if (href.startsWith('blob:')) setTimeout(() => URL.revokeObjectURL(href), 10_000)
}
