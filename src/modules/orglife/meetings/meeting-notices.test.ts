import { expect, test } from 'vitest'
import { leaveNotice, planNotice } from './meeting-notices.rules.ts'

const agenda = [{ title: '政治理论学习' }, { title: '通报支部工作' }]

test('the notice of a planned meeting carries the place and the agenda in order', () => {
  expect(planNotice({ notice: '请带学习笔记。', place: '三楼会议室', agenda })).toBe(
    '请带学习笔记。\n地点：三楼会议室\n议程：1. 政治理论学习；2. 通报支部工作\n不能参加的，请会前请假。',
  )
})

test('what was left open is left out', () => {
  expect(planNotice({ notice: undefined, place: null, agenda })).toBe(
    '议程：1. 政治理论学习；2. 通报支部工作\n不能参加的，请会前请假。',
  )
})

test('a notice of leave names the meeting and nobody’s reason', () => {
  expect(leaveNotice('asked', { title: '支部党员大会' }).title).toBe('有人请假：支部党员大会')
  expect(leaveNotice('taken_back', { title: '支部党员大会' }).title).toBe('有人取消请假：支部党员大会')
})
