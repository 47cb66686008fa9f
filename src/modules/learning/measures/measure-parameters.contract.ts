import { z } from 'zod'
import { targetGroup } from '../classes/classes.contract.ts'

const code = z.string().min(1).max(60)

/** Work records that count beside classes, as a rulebook names them. */
export const tags = z
  .array(code)
  .max(50)
  .default([])
  .meta({ title: '也计入这些标签的工作纪实', help: '没有培训班的集中学习记成工作纪实，一样计入' })
export const targetGroupsAsked = z
  .array(targetGroup)
  .min(1)
  .optional()
  .meta({ title: '培训对象', help: '只计这些对象的培训班；不写则全部' })
export const organizers = { own: '本组织', below: '本组织和所有下级' } as const
export const organizer = z.enum(['own', 'below']).default('own').meta({ title: '谁办的算', titles: organizers })
export const categories = z.array(code).min(1).default(['political_theory']).meta({ title: '工作纪实里算政治理论的类别' })
