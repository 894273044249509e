/** What personal data looks like to everybody who has not asked to see it. Pure; length gives nothing away beyond itself. */

/** 王小明 → 王*明, 王明 → 王*, 欧阳小明 → 欧**明; one character stays hidden whole. Latin names keep their first letter. */
export function maskName(name: string): string {
  const characters = Array.from(name.trim())
  const first = characters[0]
  const last = characters.at(-1)
  if (first === undefined || last === undefined) return ''
  if (characters.length === 1) return '*'
  if (characters.length === 2) return `${first}*`
  const isLatin = /^[\p{Script=Latin}\s.'-]+$/u.test(name)
  return isLatin ? `${first}***` : `${first}${'*'.repeat(characters.length - 2)}${last}`
}

/** 13812345678 → 138****5678; shorter numbers keep their last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  if (digits.length >= 11) return `${digits.slice(0, 3)}${'*'.repeat(digits.length - 7)}${digits.slice(-4)}`
  return digits.length > 4 ? `${'*'.repeat(digits.length - 2)}${digits.slice(-2)}` : '*'.repeat(digits.length)
}

/** 临溪村桥头12号3幢201室 → 临溪村桥头***: everything from the first house number on is hidden. */
export function maskAddress(address: string): string {
  const number = /[0-9０-９]|[一二三四五六七八九十百]+(?=[号幢栋单室弄])/u.exec(address)
  return number ? `${address.slice(0, number.index)}***` : address
}

/** The properties of a household as they may leave the service: head and address masked, nothing else touched. */
export function maskHousehold({
  head,
  address,
  ...rest
}: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    ...rest,
    head: typeof head === 'string' ? maskName(head) : null,
    address: typeof address === 'string' ? maskAddress(address) : null,
  }
}
