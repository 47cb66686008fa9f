import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { Target, WriteAsked } from './foreign-targets.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

interface By {
  readonly person: Planted
  readonly accountNo: number
}

async function reading(platform: TestPlatform, { b }: TwoUnits, by: By) {
  const kept = { recorded_at: at, recorded_by: by.accountNo }
  const readingList = await planted(platform, 'learning.reading_lists', {
    revision: 1,
    state: 'recommended',
    organization_no: b.branch.no,
    title: canary('reading_lists.title'),
    issued_on: '2026-10-15',
    note: canary('reading_lists.note'),
    recorded_on: '2026-10-20',
    ...kept,
  })
  await row(platform, 'learning.reading_books', {
    list_no: readingList.no,
    position: 1,
    category: 'law',
    title: canary('reading_books.title'),
    author: canary('reading_books.author'),
    remark: canary('reading_books.remark'),
  })
  await row(platform, 'learning.reading_list_revisions', {
    list_no: readingList.no,
    revision: 1,
    state: 'recommended',
    body: { title: canary('reading_list_revisions.body') },
    reason: canary('reading_list_revisions.reason'),
    ...kept,
  })
  const readingNote = await planted(platform, 'learning.reading_notes', {
    list_no: readingList.no,
    person_no: by.person.no,
    organization_no: b.branch.no,
    state: 'shared',
    text: canary('reading_notes.text'),
    shared_at: at,
  })
  return { readingList, readingNote }
}

async function studies(platform: TestPlatform, { b }: TwoUnits, by: By) {
  const kept = { recorded_at: at, recorded_by: by.accountNo }
  const studyPlan = await planted(platform, 'learning.study_plans', {
    revision: 1,
    state: 'open',
    organization_no: b.branch.no,
    year: 2026,
    topic: 'three_regulations',
    audience: 'party_members',
    title: canary('study_plans.title'),
    note: canary('study_plans.note'),
    recorded_on: '2026-10-20',
    ...kept,
  })
  await row(platform, 'learning.study_plan_revisions', {
    plan_no: studyPlan.no,
    revision: 1,
    state: 'open',
    body: { title: canary('study_plan_revisions.body') },
    reason: canary('study_plan_revisions.reason'),
    ...kept,
  })
  const studyUnit = await planted(platform, 'learning.study_units', {
    plan_no: studyPlan.no,
    organization_no: b.branch.no,
    position: 1,
    title: canary('study_units.title'),
    material: canary('study_units.material'),
    asked: 1,
    right_share: 0.8,
  })
  await planted(platform, 'learning.study_questions', {
    unit_no: studyUnit.no,
    organization_no: b.branch.no,
    position: 1,
    kind: 'single',
    text: canary('study_questions.text'),
    options: { raw: `'["${canary('study_questions.options')}", "乙"]'::jsonb` },
    right_options: { raw: `'{1}'::int[]` },
    explanation: canary('study_questions.explanation'),
  })
  await row(platform, 'learning.study_done', {
    unit_no: studyUnit.no,
    person_no: by.person.no,
    organization_no: b.branch.no,
    done_on: '2026-10-15',
    recorded_at: at,
  })
  return { studyPlan, studyUnit }
}

async function articles(platform: TestPlatform, { b }: TwoUnits, by: By) {
  const article = await planted(platform, 'learning.articles', {
    revision: 2,
    state: 'in_review',
    author_no: by.person.no,
    author_name: canary('articles.author_name'),
    organization_no: b.unit.no,
    title: canary('articles.title'),
    places: { raw: `'[{"place": "${canary('articles.places')}", "visitedOn": "2026-10-01"}]'::jsonb` },
    remark: canary('articles.remark'),
    file_sha256: 'e'.repeat(64),
    file_name: canary('articles.file_name'),
    round: 1,
    first_submitted_on: '2026-10-20',
    submitted_on: '2026-10-20',
    state_reason: canary('articles.state_reason'),
    created_on: '2026-10-15',
    created_at: at,
    created_by: by.accountNo,
  })
  await row(platform, 'learning.article_texts', {
    article_no: article.no,
    paragraphs: { raw: `'["${canary('article_texts.paragraphs')}"]'::jsonb` },
  })
  await row(platform, 'learning.article_prints', { article_no: article.no, print: 41 })
  await row(platform, 'learning.article_revisions', {
    article_no: article.no,
    revision: 2,
    state: 'in_review',
    body: { title: canary('article_revisions.body') },
    reason: canary('article_revisions.reason'),
    recorded_at: at,
    recorded_by: by.accountNo,
  })
  await planted(platform, 'learning.article_reviews', {
    article_no: article.no,
    author_no: by.person.no,
    organization_no: b.unit.no,
    round: 1,
    reviewer_no: by.person.no,
    assigned_at: at,
    assigned_by: by.accountNo,
    opinion: 'revise',
    text: canary('article_reviews.text'),
    given_at: at,
  })
  return { article }
}

/** Reading, a study plan and an article of the second unit, with a canary in every text. */
export async function foreignStudies(platform: TestPlatform, world: TwoUnits, by: By) {
  return {
    ...(await reading(platform, world, by)),
    ...(await studies(platform, world, by)),
    ...(await articles(platform, world, by)),
  }
}

const post = (path: string, body?: unknown): WriteAsked => ({ method: 'POST', path: `/api/v1${path}`, body })
const why = { reason: '核对后办理' }
const books = { title: '第一期', issuedOn: '2026-11-02', books: [{ category: 'law', title: '一种' }] }
const plan = { title: '学习计划', units: [{ title: '一个单元', asked: 0 }] }
const wholePlan = { ...plan, year: 2026, topic: 'other', audience: 'party_members' }
const places = [{ place: '示例镇', visitedOn: '2026-10-01' }]

/** Acts on reading, studies and articles of the second unit. */
export function writesOnStudies(t: Target): WriteAsked[] {
  const [list, study, unit, article] = [
    `/reading-lists/${t.readingList}`,
    `/study-plans/${t.studyPlan}`,
    `/study-units/${t.studyUnit}`,
    `/articles/${t.article}`,
  ]
  return [
    post('/reading-lists', { ...books, organizationId: t.branch }),
    post(`${list}/correct`, { ...books, revision: 1, ...why }),
    post(`${list}/withdraw`, why),
    post(`${list}/notes`, { text: '读了' }),
    post(`/reading-notes/${t.readingNote}/withdraw`),
    post('/study-plans', { ...wholePlan, organizationId: t.branch }),
    post(`${study}/correct`, { ...plan, revision: 1, ...why }),
    post(`${study}/close`),
    post(`${study}/withdraw`, why),
    { method: 'PUT', path: `/api/v1${unit}/questions`, body: { questions: [] } },
    post(`${unit}/test`, { answers: [] }),
    post(`${article}/correct`, { title: '题目', places, revision: 2 }),
    post(`${article}/submit`, { revision: 2, shown: 100 }),
    post(`${article}/reviewers`, { personIds: [t.person] }),
    post(`${article}/reviews`, { opinion: 'accept', text: '可以' }),
    post(`${article}/return`, why),
    post(`${article}/accept`, {}),
    post(`${article}/publish`),
    post(`${article}/withdraw`, why),
    post(`/training-classes/${t.trainingClass}/registrations`, { personIds: [t.person] }),
    post(`/training-classes/${t.trainingClass}/registrations/cancel`, { personIds: [t.person], ...why }),
  ]
}

/** A foreign file as one's own article. */
export const smuggledStudies = (t: Target): WriteAsked[] => [post('/articles', { title: '题目', places, fileId: t.file })]
