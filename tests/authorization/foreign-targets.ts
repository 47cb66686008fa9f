import { entryKinds } from '../../src/modules/orglife/entries/kinds.contract.ts'
import type { Foreign } from './foreign-objects.ts'
import { reportCollections } from './foreign-reports.ts'
import type { TwoUnits } from './two-units.ts'

export interface WriteAsked {
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly body: unknown
}

/** Whether what is asked about is the second unit's, or stands for nothing at all. */
export interface Target {
  readonly branch: string
  readonly second: string
  readonly unit: string
  readonly group: string
  readonly person: string
  readonly post: string
  readonly recorded: string
  readonly planned: string
  readonly work: string
  /** By collection. */
  readonly entries: Readonly<Record<string, string>>
  readonly factCorrection: string
  /** By collection. */
  readonly reports: Readonly<Record<string, string>>
  readonly trainingClass: string
  readonly trainingPlan: string
  readonly studyRecord: string
  readonly hoursCorrection: string
  readonly readingList: string
  readonly readingNote: string
  readonly studyPlan: string
  readonly studyUnit: string
  readonly article: string
  readonly determination: string
  readonly decision: string
  readonly task: string
  readonly unitPlan: string
  readonly question: string
  readonly check: string
  readonly inspection: string
  readonly finding: string
  readonly keyProject: string
  readonly clue: string
  readonly namedClue: string
  readonly problem: string
  readonly card: string
  readonly cardItem: string
  readonly appeal: string
  readonly example: string
  readonly exampleLink: string
  readonly localRule: string
  readonly letter: string
  readonly draftedPaper: string
  readonly issuedPaper: string
  readonly imported: string
  readonly checked: string
  readonly notice: string
  readonly view: string
  readonly exemption: string
  readonly relief: string
  readonly snapshot: string
  readonly ruleDraft: string
  readonly dataRequest: string
  readonly file: string
  readonly case: (state: keyof Foreign['cases']) => string
}

export function targetOf(world: TwoUnits, foreign: Foreign): Target {
  const { branch, second, unit, group } = world.b
  return {
    branch: branch.id,
    second: second.id,
    unit: unit.id,
    group: group.id,
    person: foreign.person.id,
    post: foreign.post.id,
    recorded: foreign.recorded.id,
    planned: foreign.plannedMeeting.id,
    work: foreign.workRecord.id,
    factCorrection: foreign.factCorrection.id,
    reports: Object.fromEntries(Object.entries(foreign.reports).map(([collection, { id }]) => [collection, id])),
    entries: Object.fromEntries(Object.entries(foreign.entries).map(([collection, { id }]) => [collection, id])),
    trainingClass: foreign.trainingClass.id,
    trainingPlan: foreign.trainingPlan.id,
    studyRecord: foreign.studyRecord.id,
    hoursCorrection: foreign.hoursCorrection.id,
    readingList: foreign.readingList.id,
    readingNote: foreign.readingNote.id,
    studyPlan: foreign.studyPlan.id,
    studyUnit: foreign.studyUnit.id,
    article: foreign.article.id,
    determination: foreign.determination.id,
    decision: foreign.decision.id,
    task: foreign.task.id,
    unitPlan: foreign.unitPlan.id,
    question: foreign.question.id,
    check: foreign.announcedCheck.id,
    inspection: foreign.inspection.id,
    finding: foreign.finding.id,
    keyProject: foreign.keyProject.id,
    clue: foreign.clue.id,
    namedClue: foreign.namedClue.id,
    problem: foreign.problem.id,
    card: foreign.yellowCard.id,
    cardItem: foreign.yellowCardItem.id,
    appeal: foreign.appeal.id,
    example: foreign.example.id,
    exampleLink: foreign.exampleLink.id,
    localRule: foreign.localRule.id,
    letter: foreign.letter.id,
    draftedPaper: foreign.draftedPaper.id,
    issuedPaper: foreign.issuedPaper.id,
    imported: foreign.imported.id,
    checked: foreign.checked.id,
    notice: foreign.notice.id,
    view: foreign.view.id,
    exemption: foreign.exemption.id,
    snapshot: foreign.snapshot.id,
    ruleDraft: foreign.ruleDraft.id,
    relief: foreign.relief.id,
    dataRequest: foreign.dataRequest.id,
    file: foreign.file.id,
    case: (state) => foreign.cases[state].id,
  }
}

/** Ids that look like any other and belong to nobody. */
export const nothing: Target = {
  branch: 'org_0000000000',
  second: 'org_0000000001',
  unit: 'org_0000000002',
  group: 'org_0000000003',
  person: 'per_0000000000',
  post: 'pst_0000000000',
  recorded: 'mtg_0000000000',
  planned: 'mtg_0000000001',
  work: 'wrk_0000000000',
  factCorrection: 'fcr_0000000000',
  reports: Object.fromEntries(reportCollections.map((collection) => [collection, 'rrp_0000000000'])),
  entries: Object.fromEntries(entryKinds.map(({ collection }) => [collection, 'ent_0000000000'])),
  trainingClass: 'tcl_0000000000',
  trainingPlan: 'tpl_0000000000',
  studyRecord: 'lrn_0000000000',
  hoursCorrection: 'hcr_0000000000',
  readingList: 'rdl_0000000000',
  readingNote: 'rdn_0000000000',
  studyPlan: 'spl_0000000000',
  studyUnit: 'sun_0000000000',
  article: 'art_0000000000',
  determination: 'det_0000000000',
  decision: 'dcn_0000000000',
  task: 'tsk_0000000000',
  unitPlan: 'pln_0000000000',
  question: 'qst_0000000000',
  check: 'chk_0000000000',
  inspection: 'ins_0000000000',
  finding: 'fin_0000000000',
  keyProject: 'kpj_0000000000',
  clue: 'clu_0000000000',
  namedClue: 'clu_0000000001',
  problem: 'prb_0000000000',
  card: 'ycd_0000000000',
  cardItem: 'yci_0000000000',
  appeal: 'apl_0000000000',
  example: 'exm_0000000000',
  exampleLink: 'exl_0000000000',
  localRule: 'lrl_0000000000',
  letter: 'ltr_0000000000',
  draftedPaper: 'ppr_0000000000',
  issuedPaper: 'ppr_0000000001',
  imported: 'ros_0000000000',
  checked: 'ros_0000000001',
  notice: 'ntc_0000000000',
  view: 'viw_0000000000',
  exemption: 'exm_0000000000',
  snapshot: 'snp_0000000000',
  ruleDraft: 'drf_0000000000',
  relief: 'rlf_0000000000',
  dataRequest: 'drq_0000000000',
  file: 'fil_0000000000',
  case: () => 'cas_0000000000',
}
