import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import type { z } from 'zod'
import {
  type AgendaCategory,
  type MeetingKind,
  meetingKinds,
  type MeetingPage,
  type planMeetingBody,
  type previewMeeting,
  type recordMeetingBody,
} from '../meetings/meetings.contract.ts'
import type { meetingForm } from '../meetings/meeting-form.contract.ts'

export type FormReply = z.output<(typeof meetingForm)['reply']>
export type ExpectedPerson = FormReply['expected'][number]
/** A body that its schema has still to check: a vote whose count was left open is refused there, never taken for zero. */
export type Unchecked = Readonly<Partial<Record<keyof z.input<typeof recordMeetingBody>, unknown>>>

export interface AgendaLine {
  /** Stays with the line while it is moved. */
  readonly key: string
  readonly title: string
  readonly category: AgendaCategory
}
export interface VoteLine {
  readonly key: string
  readonly matter: string
  readonly yes: number | null
  readonly no: number | null
  readonly abstained: number | null
}
export interface ResolutionLine {
  readonly key: string
  readonly content: string
  readonly ownerId: string | null
  readonly dueOn: CivilDate | null
}
export interface Named {
  readonly id: string
  readonly name: string
}

/** A meeting while it is being written down. */
export interface MeetingEntry {
  readonly organizationIds: readonly string[]
  readonly kinds: readonly MeetingKind[]
  readonly heldOn: CivilDate
  readonly title: string
  readonly place: string
  readonly startsAt: string
  readonly endsAt: string
  readonly minutes: string
  readonly notice: string
  readonly chairId: string | null
  readonly speakerId: string | null
  readonly agenda: readonly AgendaLine[]
  /** Who was tapped: the reason of absence, or null for somebody who came although not expected to. */
  readonly absent: Readonly<Record<string, string | null>>
  readonly sittingIn: readonly Named[]
  readonly votes: readonly VoteLine[]
  readonly resolutions: readonly ResolutionLine[]
  readonly files: readonly Named[]
  readonly lateReason: string
  /** Why a record is corrected. */
  readonly reason: string
}

/** What the writer changed; everything else follows the form's defaults, also when kind or date change. */
export type Changes = Partial<MeetingEntry>

/** JY6: frail or gravely ill members may come and are not expected; they stand in no denominator. */
export const exemptReason = '免到会'

/** `支部党员大会暨主题党日（2026年11月20日）`. */
export function titleOf(kinds: readonly MeetingKind[], heldOn: CivilDate): string {
  return `${kinds.map((kind) => meetingKinds[kind]).join('暨')}（${inChinese(heldOn)}）`.slice(0, 100)
}

/** Which kind tells who is expected: everybody as soon as one kind is not a committee meeting. */
export function decidingKind(kinds: readonly MeetingKind[] | undefined): MeetingKind | undefined {
  return kinds?.find((kind) => kind !== 'committee_meeting') ?? kinds?.[0]
}

/** The agenda as lines that can be moved. */
export function keyed(agenda: readonly { title: string; category: AgendaCategory }[], origin: string): AgendaLine[] {
  return agenda.map((item, at) => ({ key: `${origin}${at}`, ...item }))
}

/** Begins the keys of the lines that came from the template. */
export const templateKey = 'template-'

const nothing = {
  place: '',
  startsAt: '',
  endsAt: '',
  minutes: '',
  notice: '',
  speakerId: null,
  absent: {},
  sittingIn: [],
  votes: [],
  resolutions: [],
  files: [],
  lateReason: '',
  reason: '',
}

/** The whole entry: the form's defaults under what was changed. */
export function entryFrom(form: FormReply, changes: Changes): MeetingEntry {
  const kinds = changes.kinds ?? [form.suggestedKind]
  const heldOn = changes.heldOn ?? form.heldOn
  return {
    ...nothing,
    organizationIds: [form.organization.id],
    title: titleOf(kinds, heldOn),
    chairId: form.chairId,
    agenda: keyed(form.template, templateKey),
    ...changes,
    kinds,
    heldOn,
  }
}

/** A stored meeting as an entry, for correcting it or for recording what was planned. */
export function changesOf(page: MeetingPage): Changes {
  return {
    organizationIds: page.organizations.map((organization) => organization.id),
    kinds: page.kinds,
    heldOn: page.heldOn,
    title: page.title,
    place: page.place ?? '',
    startsAt: page.startsAt ?? '',
    endsAt: page.endsAt ?? '',
    minutes: page.minutes ?? '',
    chairId: page.chair?.id ?? null,
    speakerId: page.speaker?.id ?? null,
    agenda: keyed(page.agenda, 'stored-'),
    absent: Object.fromEntries([
      ...page.leave.map((leave) => [leave.personId, leave.reason] as const),
      ...page.attendance.filter((row) => row.presence !== 'sitting_in').map((row) => [row.personId, row.reason] as const),
    ]),
    sittingIn: page.attendance
      .filter((row) => row.presence === 'sitting_in')
      .map((row) => ({ id: row.personId, name: row.name })),
    votes: page.votes.map((vote, at) => ({
      key: `stored-${at}`,
      matter: vote.matter,
      yes: vote.yes,
      no: vote.no,
      abstained: vote.abstained,
    })),
    resolutions: page.resolutions.map((each, at) => ({
      key: `stored-${at}`,
      content: each.content,
      ownerId: each.owner?.id ?? null,
      dueOn: each.dueOn,
    })),
    files: page.files.map((file) => ({ id: file.id, name: file.name })),
  }
}

export interface Attendee extends ExpectedPerson {
  /** Why absent; null for whoever came. */
  readonly reason: string | null
}

/** Everybody of several organizations once, in the order of the organizations. */
export function everybodyOf(forms: readonly FormReply[]): ExpectedPerson[] {
  return [
    ...new Map(
      forms
        .flatMap((form) => form.expected)
        .reverse()
        .map((person) => [person.personId, person] as const),
    ).values(),
  ].reverse()
}

/** Everybody came unless tapped, on leave, or not expected at all. */
export function attendanceOf(people: readonly ExpectedPerson[], absent: MeetingEntry['absent']): Attendee[] {
  return people.map((person) => ({ ...person, reason: reasonOf(person, absent) }))
}

function reasonOf(person: ExpectedPerson, absent: MeetingEntry['absent']): string | null {
  const tapped = absent[person.personId]
  return tapped === undefined ? (person.leave ?? (person.exempt ? exemptReason : null)) : tapped
}

export interface Heads {
  readonly expected: number
  readonly present: number
  readonly eligible: number
  readonly eligiblePresent: number
}

/** Heads as the server counts them: who is exempt counts only when present. */
export function headsOf(people: readonly Attendee[]): Heads {
  const owed = people.filter((person) => !person.exempt || person.reason === null)
  const came = people.filter((person) => person.reason === null)
  return {
    expected: owed.length,
    present: came.length,
    eligible: owed.filter((person) => person.eligible).length,
    eligiblePresent: came.filter((person) => person.eligible).length,
  }
}

function basicsOf(entry: MeetingEntry) {
  return {
    organizationIds: [...entry.organizationIds],
    kinds: [...entry.kinds],
    title: entry.title,
    heldOn: entry.heldOn,
    ...(entry.place.trim() && { place: entry.place }),
    agenda: entry.agenda.map(({ title, category }) => ({ title, category })),
    ...(entry.chairId && { chairId: entry.chairId }),
    ...(entry.speakerId && entry.kinds.includes('lecture') && { speakerId: entry.speakerId }),
  }
}

/** What is sent to record or correct; lines left empty are left out. */
export function recordBodyOf(entry: MeetingEntry, people: readonly Attendee[]): Unchecked {
  const absent = people.flatMap(({ personId, reason }) => (reason === null ? [] : [{ personId, reason }]))
  return {
    ...basicsOf(entry),
    ...(entry.startsAt && { startsAt: entry.startsAt }),
    ...(entry.endsAt && { endsAt: entry.endsAt }),
    ...(entry.minutes.trim() && { minutes: entry.minutes }),
    absent,
    sittingIn: entry.sittingIn.map((person) => person.id),
    votes: entry.votes.map((vote) => ({
      matter: vote.matter,
      yes: vote.yes ?? undefined,
      no: vote.no ?? 0,
      abstained: vote.abstained ?? 0,
    })),
    resolutions: entry.resolutions
      .filter((each) => each.content.trim() !== '')
      .map((each) => ({
        content: each.content,
        ...(each.ownerId && { ownerId: each.ownerId }),
        ...(each.dueOn && { dueOn: each.dueOn }),
      })),
    fileIds: entry.files.map((file) => file.id),
  }
}

/** What is sent to plan. */
export function planBodyOf(entry: MeetingEntry): z.input<typeof planMeetingBody> {
  return { ...basicsOf(entry), ...(entry.notice.trim() && { notice: entry.notice }) }
}

/** What is asked beforehand: only what can change the answer, so that typing a title asks nothing. */
export function previewBodyOf(entry: MeetingEntry, people: readonly Attendee[]): z.input<(typeof previewMeeting)['body']> {
  const absentIds = people.filter((person) => person.reason !== null).map((person) => person.personId)
  return {
    organizationIds: [...entry.organizationIds],
    kinds: [...entry.kinds],
    heldOn: entry.heldOn,
    ...(entry.agenda[0] && { firstCategory: entry.agenda[0].category }),
    absentCount: absentIds.length,
    absentIds,
  }
}

/** Where the form stands for a kind of meeting of an organization; what is left out is asked or guessed there. */
export function recordAddress(preset: { organization?: string; kind?: string; planned?: string; period?: string }): string {
  const search = new URLSearchParams(Object.entries(preset).filter((pair): pair is [string, string] => Boolean(pair[1])))
  const text = search.toString()
  return `/meetings/new${text && `?${text}`}`
}

/** Under which name the unfinished entry is kept on the device: one for each address. */
export function draftKeyOf(
  preset: Readonly<Partial<Record<'organization' | 'kind' | 'planned' | 'period', string | undefined>>>,
): string {
  return ['meeting', preset.organization ?? '', preset.kind ?? '', preset.planned ?? '', preset.period ?? ''].join(':')
}

/** The item that comes one place earlier or later; out of range changes nothing. */
export function moved<Line>(lines: readonly Line[], from: number, by: -1 | 1): readonly Line[] {
  const to = from + by
  const [line, other] = [lines[from], lines[to]]
  if (line === undefined || other === undefined) return lines
  return lines.map((each, at) => (at === from ? other : at === to ? line : each))
}

/** Puts political theory first: the first such item moves up; where there is none, one is added. */
export function theoryFirst(agenda: readonly AgendaLine[], key: string): readonly AgendaLine[] {
  const found = agenda.find((line) => line.category === 'political_theory')
  const theory = found ?? { key, title: '政治理论学习', category: 'political_theory' as const }
  return [theory, ...agenda.filter((line) => line !== found)]
}
