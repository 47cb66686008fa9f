import type { ReplayFound } from '../../snapshots/replay.contract.ts'
import { replayOutcomes, type SnapshotRow, snapshotStates } from '../../snapshots/snapshots.contract.ts'

type Tone = 'done' | 'late' | 'short' | 'pending' | 'none'

/** Where a snapshot is shown. */
export const snapshotAddress = (id: string): string => `/cockpit/frozen/${encodeURIComponent(id)}`

/** How a snapshot stands, in one word with its tone. */
export function standingOf(row: Pick<SnapshotRow, 'state' | 'supersededBy'>): { tone: Tone; word: string } {
  if (row.state === 'frozen')
    return row.supersededBy ? { tone: 'none', word: '已被取代' } : { tone: 'done', word: snapshotStates.frozen }
  return row.state === 'freezing'
    ? { tone: 'pending', word: snapshotStates.freezing }
    : { tone: 'short', word: snapshotStates.failed }
}

const outcomeTones: Readonly<Record<ReplayFound['outcome'], Tone>> = {
  same: 'done',
  differs: 'short',
  version_differs: 'late',
  refused: 'short',
}

/** How the last replay came out, in one word with its tone. */
export function replayStanding(replay: SnapshotRow['replay']): { tone: Tone; word: string } {
  if (replay.state === 'none') return { tone: 'none', word: '还没有复核' }
  if (replay.state === 'running') return { tone: 'pending', word: '正在复核' }
  if (!replay.outcome) return { tone: 'short', word: '没有复核成' }
  return { tone: outcomeTones[replay.outcome], word: replayOutcomes[replay.outcome] }
}

/** 12.3 MB, 45 KB. */
export function sizeInWords(bytes: number): string {
  return bytes >= 1_048_576 ? `${(bytes / 1_048_576).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1_024))} KB`
}

const parts: Readonly<Record<string, string>> = {
  'directory.organizations': '组织',
  'directory.organization_names': '名称的起止',
  'directory.organization_edges': '隶属关系（建制版本）',
  'directory.persons': '人员（只有编号和状态）',
  'directory.memberships': '组织关系',
  'directory.posts': '任职',
  'directory.responsibilities': '责任链',
  'directory.committees': '委员会届次',
  'directory.committee_members': '委员',
  'kernel.settings': '数字起算日',
  'orglife.meetings': '会议',
  'orglife.meeting_organizations': '开会的组织和人数',
  'orglife.attendances': '到会',
  'orglife.agenda_items': '议程类别',
  'orglife.work_records': '工作纪实',
  'orglife.work_record_organizations': '纪实的组织',
  'orglife.work_record_persons': '纪实的参加人',
  'orglife.work_record_tags': '纪实的标签',
  'orglife.work_record_grades': '纪实的质量',
  'learning.classes': '培训班',
  'learning.participants': '参训和学时',
  'learning.study_records': '外派和自学',
  'rulebook.requirements': '要求的各版本',
  'rulebook.exemptions': '豁免',
  'rulebook.reliefs': '延期和停表',
  'rulebook.declarations': '未开展说明',
  'rulebook.determinations': '认定',
  obligations: '应办事项',
  evidence: '事项与记录的对应',
  cells: '指标格',
}

/** A part of the file as people call it; a new kind of record by its own name. */
export const partTitle = (name: string): string => parts[name] ?? name
