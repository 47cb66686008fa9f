import { z } from 'zod'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { problems } from '../../../kernel/errors/problem.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { detector } from './detectors.contract.ts'

problems({
  'orglife.question_not_found': { status: 404, title: '没有找到这个问题，或还没到您能看的时候。' },
  'orglife.question_not_yours': { status: 403, title: '这个问题由记录所在的组织自己答复，上级只看，不代答。' },
  'orglife.record_not_corrected': { status: 422, title: '问起之后还没有更正过这些记录。请先更正会议记录，再回来答复。' },
  'orglife.record_not_withdrawn': { status: 422, title: '问起之后还没有撤回过这些记录。请先撤回误记的会议，再回来答复。' },
})

export const answerKinds = {
  explained: '说明情况',
  corrected: '已更正记录',
  withdrawn: '已撤回记录',
  asked_wrongly: '问得不对',
} as const
export type AnswerKind = keyof typeof answerKinds

const tag = '疑问'
const named = z.object({ id: z.string(), name: z.string() })

export const questionLine = z.object({
  id: z.string(),
  detector,
  organization: named,
  sentence: z.string(),
  askedOn: civilDate,
  /** Those above see it from this day on, or once it is answered. */
  seenAboveFrom: civilDate,
  state: z.enum(['open', 'answered']),
  answerKind: z.enum(Object.keys(answerKinds) as [AnswerKind, ...AnswerKind[]]).nullable(),
})
export type QuestionLine = z.infer<typeof questionLine>

export const listQuestions = endpoint({
  method: 'GET',
  path: '/api/v1/questions',
  tag,
  summary: '记录中的疑问：本组织的随时可见，下级的在答复之后或等候期满之后可见',
  query: pageQuery.extend({
    state: z.enum(['open', 'answered']).optional(),
    detector: detector.optional(),
    under: organizationId.optional(),
  }),
  reply: listOf(questionLine),
})

export const questionPage = questionLine.extend({
  /** The records concerned, as far as the reader may see them; what lies elsewhere is named in the sentence by organization and day. */
  records: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      organization: z.string(),
      heldOn: civilDate,
      recordedOn: civilDate.nullable(),
    }),
  ),
  /** Persons concerned as far as the reader may see them, and how many more there are. */
  persons: z.array(named),
  personsHidden: z.number().int(),
  passages: z.array(z.string()),
  answer: z.object({ text: z.string(), answeredAt: z.string(), by: z.string() }).nullable(),
  abilities: z.array(z.literal('answer')),
})
export type QuestionPage = z.infer<typeof questionPage>

export const showQuestion = endpoint({
  method: 'GET',
  path: '/api/v1/questions/:id',
  tag,
  summary: '一个问题：问什么、涉及哪些记录、怎么答的',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: questionPage,
})

export const answerQuestion = endpoint({
  method: 'POST',
  path: '/api/v1/questions/:id/answer',
  tag,
  summary: '答复一个问题；答复即办结，不再问第二次',
  params: z.strictObject({ id: z.string().max(60) }),
  body: z.strictObject({
    kind: z
      .enum(Object.keys(answerKinds) as [AnswerKind, ...AnswerKind[]], { error: '请选择怎么答复。' })
      .meta({ title: '答复方式' }),
    text: z
      .string()
      .trim()
      .min(2, { error: '请用一句话说明情况。' })
      .max(500, { error: '答复不超过 500 个字。' })
      .meta({ title: '说明' }),
  }),
  reply: z.object({ id: z.string() }),
})

export const detectorQuality = endpoint({
  method: 'GET',
  path: '/api/v1/questions/detectors',
  tag,
  summary: '每一类疑问问了多少、答了多少、其中多少“问得不对”；衡量的是问法，不是组织',
  reply: z.object({
    items: z.array(
      z.object({
        detector,
        asked: z.number().int(),
        answered: z.number().int(),
        askedWrongly: z.number().int(),
        /** Share of the answered ones that were asked wrongly, in whole percent. */
        share: z.number().int().nullable(),
      }),
    ),
  }),
})
