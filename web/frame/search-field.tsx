/** What narrows a list as it is typed; the key / leads to it (shortcuts.tsx). */
import { Input } from 'antd'
import type { ReactNode } from 'react'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

export const SearchField = ({ label, value, onChange }: Props): ReactNode => (
  <Input
    data-search
    allowClear
    aria-label={label}
    placeholder={label}
    value={value}
    onChange={(event) => onChange(event.target.value)}
  />
)
