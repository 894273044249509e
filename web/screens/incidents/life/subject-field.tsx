/** The household or place an incident is about: looked for by words, chosen with keys or mouse; its id is what is sent. */
import { Button, Select } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { Subjects } from '../../../../server/contract/subjects.ts'
import { api } from '../../../api.ts'
import { subjects } from '../../../api-incidents.ts'
import { Field } from '../../../frame/entry-form.tsx'
import { useSay } from '../../../i18n/use-say.ts'
import { useResource } from '../../../use-resource.ts'
import { text } from './text.ts'

/** Until somebody rests: every search among households is noted. */
const restMilliseconds = 400

interface Option {
  readonly value: string
  readonly label: string
}

interface Props {
  readonly area: string
  readonly kind: Subjects['kind']
  readonly value: string
  readonly fault: Parameters<typeof Field>[0]['fault']
  readonly onChoose: (id: string) => void
}

export function SubjectField({ area, kind, value, fault, onChoose }: Props): ReactNode {
  const say = useSay()
  const role = useResource(api.session()).data?.role
  const [typed, setTyped] = useState('')
  const [reveal, setReveal] = useState(false)
  const [chosen, setChosen] = useState<Option | null>(null)
  const find = useRested(typed.trim())
  const { data, current, error } = useResource(find === '' ? null : subjects(area, { kind, find, reveal }))
  const found = (find === '' || !data || error ? [] : data.subjects).map(
    (one): Option => ({ value: one.id, label: subjectWords(one) }),
  )
  // The words of what was chosen stay when the list goes.
  const options = chosen && !found.some((one) => one.value === chosen.value) ? [chosen, ...found] : found
  const mayReveal = kind === 'household' && (role === 'supervisor' || role === 'administrator')
  const said = find === '' ? text.findFirst : error ? error.detail : current ? text.findNone : text.finding
  const hint = find !== '' && current && data?.more ? text.findMore : text.findHint[kind]
  return (
    <Field label={say(text[kind])} hint={say(hint)} fault={fault}>
      {(aria) => (
        <>
          <Select
            {...aria}
            showSearch
            allowClear
            // Wider than the field: grid and house number are what tells one from the next.
            popupMatchSelectWidth={348}
            filterOption={false}
            value={value || null}
            placeholder={say(text.findPlaceholder[kind])}
            notFoundContent={<output>{say(said)}</output>}
            options={options}
            onSearch={setTyped}
            onChange={(id: string | null) => {
              setChosen(options.find((one) => one.value === id) ?? null)
              onChoose(id ?? '')
            }}
          />
          {mayReveal && found.length > 0 && !reveal && (
            <Button size="small" onClick={() => setReveal(true)}>
              {say(text.findReveal)}
            </Button>
          )}
        </>
      )}
    </Field>
  )
}

/** `王*明 · 临溪镇桥头*** · 101 · h11` */
export const subjectWords = ({
  id,
  name,
  address,
  grid,
}: Pick<Subjects['subjects'][number], 'id' | 'name' | 'address' | 'grid'>): string =>
  [name, address, grid, id].filter(Boolean).join(' · ')

/** What was typed, once nothing more is for a moment. */
function useRested(typed: string): string {
  const [rested, setRested] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setRested(typed), restMilliseconds)
    return () => clearTimeout(timer)
  }, [typed])
  return rested
}
