import { type PersonCategory, personCategories } from '../persons/persons.contract.ts'

export type MembershipState = 'normal' | 'suspended' | 'stopped' | 'removed'

/** Other names under which registers and older tables write the categories. */
export const categories: Record<string, PersonCategory> = {
  ...Object.fromEntries(Object.entries(personCategories).map(([key, title]) => [title, key as PersonCategory])),
  党员: 'full_member',
  中共党员: 'full_member',
  中共预备党员: 'probationary_member',
  积极分子: 'activist',
  党员发展对象: 'development_target',
  申请人: 'applicant',
  工作人员: 'staff',
  群众: 'staff',
  非党员: 'staff',
}

export const membershipStates: Record<string, MembershipState> = {
  正常: 'normal',
  有党籍: 'normal',
  中止党籍: 'suspended',
  暂停: 'suspended',
  停止党籍: 'stopped',
  除名: 'removed',
  出党: 'removed',
  自行脱党: 'removed',
  开除党籍: 'removed',
}

export const yesOrNo = {
  是: true,
  否: false,
  有: true,
  无: false,
  Y: true,
  N: false,
  '1': true,
  '0': false,
  TRUE: true,
  FALSE: false,
}
export const sexes = { 男: 'male', 女: 'female', 男性: 'male', 女性: 'female', '1': 'male', '2': 'female' }
