import { reportActs as acts } from '../../modules/orglife/index.ts'
import type { Course } from './acting.ts'

const found = {
  discipline: ['mostly', '党规党纪学习有安排，下半年偏少（演示）'],
  requests: ['not_applicable', '这段时间没有要请示的事项（演示）'],
  life: ['conforms', '会议按期召开，记录完整（演示）'],
  ceremonies: ['fails', '这段时间没有重温的记录，请年内结合主题党日安排（演示）'],
  admission: ['not_applicable', '这段时间没有发展党员（演示）'],
  duties: ['mostly', '逐项对照看过，年底前要办的还有（演示）'],
} as const

/** A check of the shown branch by its superior, fed back and answered. */
export async function checkCourse({ act, stage, day }: Course, superior: string): Promise<void> {
  const { id } = await act('danwei', 40, [
    acts.startPoliticalCheck,
    { organizationId: stage.shown.id, byId: superior, from: day(-340), to: day(-41) },
  ])
  for (const [code, [verdict, finding]] of Object.entries(found))
    await act('danwei', 39, [acts.findInPoliticalCheck, { id, code, verdict, finding }])
  await act('danwei', 38, [
    acts.concludePoliticalCheck,
    { id, conclusion: '总体正常。请把党规党纪学习排到每季度，年内重温一次入党誓词（演示）。' },
  ])
  await act('zhibu', 33, [acts.answerPoliticalCheck, { id, answer: '已经研究，党规党纪学习排进年度计划，每季度一次（演示）。' }])
}
