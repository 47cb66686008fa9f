import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { WriteAsked } from './foreign-targets.ts'

const at = new Date('2026-10-20T01:00:00Z')

/** A rule that is only being written: the working committee's alone, whatever unit one belongs to. */
export async function foreignRules(platform: TestPlatform): Promise<{ ruleDraft: Planted }> {
  const body = {
    document: { code: 'ZQK2027', title: canary('drafts.title'), kind: 'local_document', note: canary('drafts.note') },
    clauses: [{ code: 'ZQ-1', title: '条款', gist: canary('drafts.gist'), dimension: 'D3' }],
    requirements: [],
    tightens: [],
    tags: [],
  }
  const ruleDraft = await planted(platform, 'rulebook.drafts', { origin: 'new', version: 1, body, changed_at: at })
  await row(platform, 'rulebook.draft_revisions', { draft_no: ruleDraft.no, version: 1, body, what: '起草', changed_at: at })
  return { ruleDraft }
}

const asked = (method: WriteAsked['method']) => (path: string, body: unknown) => ({ method, path: `/api/v1${path}`, body })
const [post, put] = [asked('POST'), asked('PUT')]
const why = { reason: '照批复办理' }

/** Every act on a draft, with a body that would do if it were one's own. */
export function writesOnRules(id: string): WriteAsked[] {
  const draft = `/rulebooks/drafts/${id}`
  return [
    put(`${draft}/head`, { version: 1, head: { code: 'ZQK2027' } }),
    put(`${draft}/clauses/ZQ-1`, { version: 1, clause: { code: 'ZQ-1' } }),
    put(`${draft}/requirements/ZQ1`, { version: 1, requirement: { code: 'ZQ1' } }),
    put(`${draft}/tightens`, { version: 1, tightens: [] }),
    put(`${draft}/tags`, { version: 1, tags: [] }),
    put(`${draft}/text`, { version: 1, text: 'document: {}' }),
    post(`${draft}/discard`, { version: 1, ...why }),
    post(`/rulebooks/${id}/rehearse`, {}),
    post(`/rulebooks/${id}/publish`, { from: '2026-12-01' }),
    post(`/rulebooks/${id}/end`, { on: '2027-01-01', ...why }),
    post('/rulebooks/drafts', { from: id }),
  ]
}
