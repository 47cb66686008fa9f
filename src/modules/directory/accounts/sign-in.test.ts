import { describe, expect, test } from 'vitest'
import { passwordFaults } from './password.rules.ts'
import { type Failures, foldUsername, isBraked, judgeAttempt, mustChange, needsSecondFactor } from './sign-in.rules.ts'

const now = new Date('2026-11-23T09:00:00+08:00')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const fresh: Failures = { failures: 0, lastFailedAt: new Date(0), lockedUntil: null }

describe('usernames', () => {
  test.each(['Zhang', 'ＺＨＡＮＧ', ' zhang ', 'zh\u3000ang'])('%s is the same account as zhang', (spelling) => {
    expect(foldUsername(spelling)).toBe('zhang')
  })
})

describe('the lock', () => {
  const afterFailures = (count: number, start = fresh, from = now) =>
    Array.from({ length: count }).reduce<ReturnType<typeof judgeAttempt>>((state) => judgeAttempt(state.after, from), {
      allowed: true,
      after: start,
    })

  test('comes with the fifth failure and lasts a quarter of an hour, then twice as long', () => {
    expect(afterFailures(4).after.lockedUntil).toBeNull()
    const locked = afterFailures(5).after
    expect(locked.lockedUntil).toEqual(later(15))
    expect(judgeAttempt(locked, later(14)).allowed).toBe(false)
    expect(judgeAttempt(locked, later(15)).allowed).toBe(true)
    expect(afterFailures(5, locked, later(15)).after.lockedUntil).toEqual(later(45))
  })

  test('is not prolonged by trying under it', () => {
    const locked = afterFailures(5).after
    expect(judgeAttempt(locked, later(10)).after).toBe(locked)
  })

  test('never lasts longer than four hours, and a day without failures forgets', () => {
    expect(judgeAttempt({ failures: 99, lastFailedAt: now, lockedUntil: null }, now).after.lockedUntil).toEqual(later(240))
    expect(judgeAttempt({ failures: 99, lastFailedAt: now, lockedUntil: null }, later(60 * 25)).after.failures).toBe(1)
  })
})

describe('the brake', () => {
  test('holds strangers back under pressure, one check in half a minute, and spares known addresses', () => {
    const pressure = { failures: 50, lastFailedAt: now, knownAddress: false }
    expect(isBraked(pressure, now)).toBe(true)
    expect(isBraked(pressure, later(0.5))).toBe(false)
    expect(isBraked({ ...pressure, knownAddress: true }, now)).toBe(false)
    expect(isBraked({ ...pressure, failures: 49 }, now)).toBe(false)
  })
})

describe('what is owed after the password', () => {
  const nobody = { administrator: null, roles: [], enrolled: false, production: true } as const
  test('a second factor of administrators and committee officers in production, and of whoever has one', () => {
    expect(needsSecondFactor(nobody)).toBe(false)
    expect(needsSecondFactor({ ...nobody, administrator: 'audit' })).toBe(true)
    expect(needsSecondFactor({ ...nobody, roles: ['committee_officer'] })).toBe(true)
    expect(needsSecondFactor({ ...nobody, administrator: 'audit', production: false })).toBe(false)
    expect(needsSecondFactor({ ...nobody, enrolled: true, production: false })).toBe(true)
  })

  test('a new password when the old one was for one use, or is older than 90 days in production', () => {
    const setAt = new Date('2026-08-01T09:00:00+08:00')
    expect(mustChange({ oneTime: true, setAt: now }, { now, production: false })).toBe(true)
    expect(mustChange({ oneTime: false, setAt }, { now, production: true })).toBe(true)
    expect(mustChange({ oneTime: false, setAt }, { now, production: false })).toBe(false)
    expect(mustChange({ oneTime: false, setAt: now }, { now, production: true })).toBe(false)
  })
})

describe('new passwords', () => {
  const owner = { username: 'liming', name: '李明样' }
  const bad = [
    '',
    'shrt1A!',
    'password',
    'Password123',
    'P@ssw0rd',
    'P@ssw0rd2026',
    'admin123',
    'Admin123!',
    '12345678',
    '123456789012',
    '111111111111',
    'aaaaaaaaaaaA1',
    'qwertyuiop',
    'Qwerty123456',
    'qwertyuiopas',
    '1qaz2wsx3edc',
    '1QAZ2wsx!',
    'asdfghjkl123',
    'zxcvbnm12345',
    'abcdefgh1234',
    'Abcdefgh1!',
    '987654321abc',
    'Yueyang2026!',
    'yueyang123456',
    'Gongwei@2026',
    'gongwei888888',
    'Biaoshuai-2026',
    'biaoshuai1234',
    'B1aoshuai!2026',
    '岳阳市直机关工委2026',
    'Dangjian2026!',
    'liming123456A',
    'Liming@2026',
    'gnimil-9x-Kt',
    '李明样的长密码123',
    'abababababab',
    'iloveyou1',
    'Woaini1314!',
    'a123456789',
    'Aa123456!',
    'trustno1!A',
    'Zhongguo1!',
  ]
  test.each(bad)('%s is refused with a sentence that says what to do', (password) => {
    const faults = passwordFaults(password, owner)
    expect(faults.length).toBeGreaterThan(0)
    for (const fault of faults) expect(fault).toMatch(/请|至少|不要/)
  })
  test.each(['a quiet lake at dusk 71', 'Kp7-vRm2', '湖边三只白鹭飞过七座桥头', 'willow under 9 bridges'])(
    '%s will do',
    (password) => {
      expect(passwordFaults(password, owner)).toEqual([])
    },
  )
})
