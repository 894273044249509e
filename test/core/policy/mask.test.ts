import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskAddress, maskName, maskPhone } from '../../../server/core/policy/mask.ts'

describe('masks', () => {
  it.each([
    ['王小明', '王*明'],
    ['王明', '王*'],
    ['欧阳小明', '欧**明'],
    ['王', '*'],
    ['', ''],
    ['Alan Turing', 'A***'],
  ])('the name %s becomes %s', (name, masked) => expect(maskName(name)).toBe(masked))

  it.each([
    ['13812345678', '138****5678'],
    ['0571-87654321', '057*****4321'],
    ['110', '***'],
  ])('the phone %s becomes %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked))

  it.each([
    ['临溪村桥头12号3幢201室', '临溪村桥头***'],
    ['桥头十二号', '桥头***'],
    ['桥头', '桥头'],
  ])('the address %s becomes %s', (address, masked) => expect(maskAddress(address)).toBe(masked))

  it('show at most the first and last character of a name', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('赵', '钱', '孙', '李', '周', '吴', '郑', '王'), {
          minLength: 2,
          maxLength: 8,
        }),
        (characters) => {
          const shown = Array.from(maskName(characters.join(''))).filter((one) => one !== '*')
          expect(shown.length).toBeLessThanOrEqual(2)
        },
      ),
    )
  })

  it('leave no digit of an address', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (street, number) => {
        expect(maskAddress(`${street}${number}`)).not.toMatch(/\d/)
      }),
    )
  })
})
