import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { agendaCategory, meetingKind } from './meetings.contract.ts'

/** Who is expected at a meeting of these kinds, and what the form may begin with. */
export const meetingForm = endpoint({
  method: 'GET',
  path: '/api/v1/meetings/form',
  tag: '会议',
  summary: '记会议时的应到名单、上次议程和默认值',
  query: z.strictObject({ organization: organizationId, kind: meetingKind.optional(), heldOn: civilDate.optional() }),
  reply: z.object({
    organization: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
    kinds: z.array(meetingKind),
    suggestedKind: meetingKind,
    title: z.string(),
    heldOn: civilDate,
    chairId: z.string().nullable(),
    expected: z.array(
      z.object({
        personId: z.string(),
        name: z.string(),
        eligible: z.boolean(),
        exempt: z.boolean(),
        leave: z.string().nullable(),
      }),
    ),
    lastAgenda: z.array(z.object({ title: z.string(), category: agendaCategory })),
    template: z.array(z.object({ title: z.string(), category: agendaCategory })),
    planned: z.array(z.object({ id: z.string(), title: z.string(), heldOn: civilDate })),
  }),
})
