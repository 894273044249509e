/** Texts of signing in and of one's own account. */
import type { Texts } from '../i18n/language.ts'

export const text = {
  signIn: { zh: '登录', en: 'Sign in' },
  signInAgain: {
    zh: '登录已失效，重新登录后回到原处。',
    en: 'The session is over. Sign in to go on where you were.',
  },
  login: { zh: '登录名', en: 'Login' },
  password: { zh: '密码', en: 'Password' },
  forgotten: {
    zh: '没有账号或忘记密码，请联系管理员。',
    en: 'No account, or password forgotten? Ask the administrator.',
  },
  signOut: { zh: '退出登录', en: 'Sign out' },
  account: { zh: '账号：{name}', en: 'Account: {name}' },
  role: { zh: '角色', en: 'Role' },
  areas: { zh: '负责区域', en: 'Areas' },
  worker: { zh: '网格员工号', en: 'Worker' },
  ownDay: { zh: '我的巡查', en: 'My day' },
  ownMonth: { zh: '我的考核表', en: 'My month' },
  ownHouseholds: { zh: '我的逾期户', en: 'My overdue households' },
  everywhere: { zh: '全部', en: 'All' },
  version: { zh: '版本', en: 'Version' },
  open: {
    zh: '本机使用，无需登录。添加用户（wangge user add）后，服务将要求登录。',
    en: 'On this machine nobody has to sign in. Once a user is added (wangge user add), everybody has to.',
  },
  thisMachine: { zh: '本机', en: 'This machine' },
  changePassword: { zh: '修改密码', en: 'Change password' },
  currentPassword: { zh: '当前密码', en: 'Current password' },
  nextPassword: { zh: '新密码', en: 'New password' },
  repeatPassword: { zh: '再次输入新密码', en: 'New password again' },
  notTheSame: {
    zh: '两次输入的新密码不一致。',
    en: 'The new password was typed differently the second time.',
  },
  othersEnd: {
    zh: '修改后，您在其他设备上的登录将失效。',
    en: 'Your sessions on other devices will end.',
  },
  changed: { zh: '密码已修改', en: 'The password is changed' },
} as const satisfies Texts
