import { action, allowsAll, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { factsChanged } from '../../rulebook/index.ts'
import { categoriesDefined, creditingValue } from '../categories/categories.store.ts'
import { peopleToRegister } from '../classes/class-body.queries.ts'
import { daysToHours, withinCap } from './crediting.rules.ts'
import { confirmStudy, correctStudy, ofRecord, studyBody, type StudyInput, withdrawStudy } from './hours.contract.ts'
import { type StudyAction, studyActions, studyLifecycle, studyStates } from './study-records.lifecycle.ts'
import {
  findStudy,
  homeOf,
  insertStudy,
  replaceStudy,
  selfStudyOf,
  type StoredStudy,
  type StudyBody,
} from './study-records.store.ts'

async function recordOf(work: Work, id: string): Promise<StoredStudy> {
  const held = await findStudy(work.tx, id)
  if (!held) throw new Problem('learning.study_record_not_found')
  return held
}

function allowed(held: StoredStudy, verb: StudyAction): void {
  if (studyLifecycle[held.state].includes(verb)) return
  throw new Problem('kernel.not_allowed_now', { detail: `这条学习记录${studyStates[held.state]}，不能${studyActions[verb]}。` })
}

async function bodyOf(work: Work, input: Omit<StudyInput, 'kind' | 'personId'>): Promise<StudyBody> {
  if (input.heldOn > work.today)
    throw new Problem('learning.study_in_future', { errors: [{ field: 'heldOn', message: '这一天还没到。' }] })
  if ((input.hours === undefined) === (input.days === undefined))
    throw new Problem('learning.hours_or_days', { errors: [{ field: 'hours', message: '请填学时，如 2 或 1.5。' }] })
  const converted = input.days === undefined ? input.hours : daysToHours(input.days, await creditingValue(work.tx, 'day_hours'))
  if (converted === null || converted === undefined)
    throw new Problem('learning.conversion_off', { errors: [{ field: 'days', message: '没有启用按天折算，请填学时。' }] })
  if (!(await categoriesDefined(work.tx)).some(({ code }) => code === input.category))
    throw new Problem('learning.category_unknown', {
      errors: [{ field: 'category', message: '没有这个类别，请从所列类别中选。' }],
    })
  return { title: input.title, category: input.category, level: input.level, heldOn: input.heldOn, hours: converted }
}

const changed = (work: Work, held: Pick<StoredStudy, 'organizationNo' | 'personNo'>, dates: readonly string[]) =>
  factsChanged(work, {
    organizations: [held.organizationNo],
    persons: [held.personNo],
    dates,
    of: ['learning'],
    about: { kinds: [] },
  })

const about = (id: string) => [{ kind: 'study_record', id }]
const isOwn = (work: Work, personNo: number) => work.actor.personNo === personNo

/** The person and the branch of a new record: oneself with self-study, others with what they were sent to. */
async function whose(work: Work, input: StudyInput): Promise<{ personNo: number; organizationNo: number }> {
  const own = input.personId === undefined ? work.actor.personNo : null
  const [other] = input.personId === undefined ? [] : await peopleToRegister(work.tx, [input.personId], input.heldOn)
  const personNo = own ?? other?.personNo
  if (personNo === undefined || personNo === null) throw new Problem('learning.not_a_person')
  if (input.kind === 'self_study' && !isOwn(work, personNo)) throw new Problem('learning.self_study_own')
  const organizationNo = await homeOf(work.tx, personNo, input.heldOn)
  if (organizationNo === null)
    throw new Problem('learning.no_home', { errors: [{ field: 'heldOn', message: '那天不在任何党支部。' }] })
  return { personNo, organizationNo }
}

/** Whoever is not the person alone acts for the branch. */
async function mayKeep(work: Work, organizationNo: number): Promise<void> {
  if (await allowsAll(work.tx, work.actor, { permission: 'learning.hours.keep', organizations: [organizationNo] })) return
  throw new Problem('kernel.forbidden')
}

export const createStudyAction = action({
  name: 'learning.hours.create',
  input: studyBody,
  touches: async (work, input) => [(await whose(work, input)).organizationNo],
  run: async (work, input) => {
    const { personNo, organizationNo } = await whose(work, input)
    const self = input.kind === 'self_study'
    if (!self) await mayKeep(work, organizationNo)
    const body = await bodyOf(work, input)
    const state = self ? 'submitted' : 'confirmed'
    const { id } = await insertStudy(work, { body, kind: input.kind, state, personNo, organizationNo })
    if (!self) await changed(work, { organizationNo, personNo }, [body.heldOn])
    if (self)
      await notify(work.tx, {
        to: { holders: [{ organizationNo, roles: ['branch_secretary'] }] },
        except: work.actor.accountNo,
        kind: 'learning.self_study_submitted',
        title: '有一条自学请支部确认',
        body: `填报 ${body.hours} 学时。`,
        link: `/study-records/${id}`,
        at: work.now,
      })
    return {
      reply: { id, state, credited: self ? null : body.hours },
      objects: about(id),
      fields: { kind: input.kind, heldOn: body.heldOn, hours: body.hours },
    }
  },
})

async function mayChange(work: Work, held: StoredStudy): Promise<void> {
  if (held.kind === 'self_study' && isOwn(work, held.personNo) && held.state === 'submitted') return
  await mayKeep(work, held.organizationNo)
}

export const correctStudyAction = action({
  name: 'learning.hours.correct',
  input: correctStudy.body.extend(ofRecord.shape),
  touches: async (work, { id }) => [(await recordOf(work, id)).organizationNo],
  run: async (work, { id, revision, reason, ...input }) => {
    const held = await recordOf(work, id)
    allowed(held, 'correct')
    await mayChange(work, held)
    if (held.revision !== revision) throw new Problem('kernel.changed_meanwhile')
    const body = await bodyOf(work, input)
    const self = held.kind === 'self_study'
    const next = { state: self ? ('submitted' as const) : held.state, reason, body, credited: self ? null : body.hours }
    if (!(await replaceStudy(work, held, next))) throw new Problem('kernel.changed_meanwhile')
    await changed(work, held, [held.heldOn, body.heldOn])
    return { reply: { id, revision: revision + 1 }, objects: about(id), fields: { reason, hours: body.hours } }
  },
})

export const withdrawStudyAction = action({
  name: 'learning.hours.withdraw',
  input: withdrawStudy.body.extend(ofRecord.shape),
  touches: async (work, { id }) => [(await recordOf(work, id)).organizationNo],
  run: async (work, { id, reason }) => {
    const held = await recordOf(work, id)
    allowed(held, 'withdraw')
    await mayChange(work, held)
    if (!(await replaceStudy(work, held, { state: 'withdrawn', reason, credited: null })))
      throw new Problem('kernel.changed_meanwhile')
    await changed(work, held, [held.heldOn])
    return { reply: { id }, objects: about(id), fields: { reason } }
  },
})

/** How much of a self-study record is credited: what was asked, within the cap of the year. */
async function creditable(work: Work, held: StoredStudy, asked: number | undefined): Promise<number> {
  const wanted = asked ?? held.hours
  if (wanted > held.hours)
    throw new Problem('learning.credited_too_much', {
      errors: [{ field: 'hours', message: `填报 ${held.hours} 学时，最多确认这么多。` }],
    })
  const already = await selfStudyOf(work.tx, held.personNo, Number(held.heldOn.slice(0, 4)))
  return withinCap(wanted, already, await creditingValue(work.tx, 'self_study_cap'))
}

export const confirmStudyAction = action({
  name: 'learning.hours.confirm',
  input: confirmStudy.body.extend(ofRecord.shape),
  touches: async (work, { id }) => [(await recordOf(work, id)).organizationNo],
  run: async (work, { id, accepted, hours, reason }) => {
    const held = await recordOf(work, id)
    allowed(held, 'confirm')
    if (isOwn(work, held.personNo) || held.recordedBy === work.actor.accountNo) throw new Problem('learning.confirm_own')
    if (!accepted && !reason)
      throw new Problem('kernel.invalid_input', { errors: [{ field: 'reason', message: '不计入的，请写明理由，本人会看到。' }] })
    const credited = accepted ? await creditable(work, held, hours) : 0
    const state = accepted ? ('confirmed' as const) : ('refused' as const)
    if (!(await replaceStudy(work, held, { state, reason: reason || null, credited })))
      throw new Problem('kernel.changed_meanwhile')
    await changed(work, held, [held.heldOn])
    await notify(work.tx, {
      to: { personNos: [held.personNo] },
      kind: 'learning.self_study_confirmed',
      title: accepted ? `自学已确认，计入 ${credited} 学时` : '自学没有计入',
      body: reason || '可以在本人的学时账里看到。',
      link: '/hours',
      at: work.now,
    })
    return { reply: { id, state, credited }, objects: about(id), fields: { accepted, credited, reason } }
  },
})
