import { Readable } from 'node:stream'
import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { fileStore } from '../../../kernel/files/file-store.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { writePaper } from '../../../kernel/papers/paper-writer.ts'
import { answerers } from '../cases/cases.policy.ts'
import { addresseesOf } from './papers.queries.ts'
import { paperKinds } from './paper-kinds.rules.ts'
import { paperSource } from './paper-sources.queries.ts'
import { draftPaper, issuePaper, withdrawPaper } from './papers.contract.ts'
import { type PaperAction, paperLifecycle } from './papers.lifecycle.ts'
import { bodyOf, paperNumber, refusal, seriesOf, writtenOf } from './papers.rules.ts'
import * as store from './papers.store.ts'

const ofPaper = z.object({ id: z.string() })

async function paperOf(work: Work, id: string): Promise<store.StoredPaper> {
  const paper = await store.findPaper(work.tx, id)
  if (!paper) throw new Problem('supervision.paper_not_found')
  return paper
}

/** Holds the paper; throws unless its state allows the act now. Of many at once the others wait here and then find it done. */
async function held(work: Work, id: string, act: PaperAction): Promise<store.StoredPaper> {
  const found = await paperOf(work, id)
  const state = (await store.holdPaper(work.tx, found.no)) ?? found.state
  if (!paperLifecycle[state][act]) throw new Problem('supervision.paper_not_allowed_now', { detail: refusal(state, act) })
  return paperOf(work, id)
}

const touched = async (work: Work, { id }: { id: string }) => [(await paperOf(work, id)).organizationNo]

export const draftAction = action({
  name: 'supervision.paper.draft',
  input: draftPaper.body,
  touches: async (work, { object }) => [(await paperSource(work.tx, object, work)).issuerNo],
  run: async (work, { kind, object, addition, copies }) => {
    const source = await paperSource(work.tx, object, work)
    const compose = source.offers[kind]
    if (!compose) throw new Problem('supervision.paper_not_offered')
    const [issuer] = await store.printedNames(work.tx, [source.issuerNo])
    if (!issuer) throw new Problem('supervision.paper_object_unknown')
    const to = await store.printedNames(work.tx, source.addresseeNos)
    const id = await store.insertPaper(work, {
      kind,
      organizationNo: source.issuerNo,
      addresseeNos: source.addresseeNos,
      object: { ...object, revision: source.revision },
      body: bodyOf(kind, compose(), { issuer, to, addition, copies }),
      series: seriesOf(issuer, kind),
    })
    return { reply: { id }, objects: [{ kind: 'paper', id }], fields: { kind, object } }
  },
})

/** Tells whoever answers for the organizations that a paper speaks to. */
async function tell(work: Work, paper: store.StoredPaper, said: { kind: string; title: string; body: string }): Promise<void> {
  const nos = await addresseesOf(work.tx, paper.no)
  await notify(work.tx, {
    to: { holders: nos.map((organizationNo) => ({ roles: answerers, organizationNo })) },
    except: work.actor.accountNo,
    link: `/papers/${paper.id}`,
    at: work.now,
    ...said,
  })
}

/** Signs a paper: its number is taken, its file written and kept, all in this act or not at all. */
export const issueAction = action({
  name: 'supervision.paper.issue',
  input: ofPaper.extend(issuePaper.body.shape),
  touches: touched,
  run: async (work, { id, reason }) => {
    const paper = await held(work, id, 'issue')
    const source = await paperSource(work.tx, { kind: paper.objectKind, id: paper.objectId }, work)
    if (source.revision !== paper.objectRevision) throw new Problem('supervision.paper_outdated')
    const year = Number(work.today.slice(0, 4))
    const sequence = await store.nextPaperNumber(work.tx, paper.series, year)
    const number = paperNumber(paper.series, year, sequence)
    const file = await writePaper(writtenOf({ ...paper, state: 'issued', number, issuedOn: work.today }))
    const { sha256 } = await fileStore().keep(Readable.from([file]))
    await store.markIssued(work, paper.no, { year, sequence, number, reason, sha256 })
    const name = paperKinds[paper.kind].name
    await tell(work, paper, { kind: 'supervision.paper_issued', title: `收到${name}${number}`, body: paper.title })
    return {
      reply: { id, state: 'issued' as const, number },
      objects: [{ kind: 'paper', id }],
      fields: { number, reason, sha256 },
    }
  },
})

/** Takes a paper back; its number stays its own, so that each gap in the count has its reason. */
export const withdrawAction = action({
  name: 'supervision.paper.withdraw',
  input: ofPaper.extend(withdrawPaper.body.shape),
  touches: touched,
  run: async (work, { id, reason }) => {
    const paper = await held(work, id, 'withdraw')
    await store.markWithdrawn(work, paper.no, reason)
    if (paper.number !== null) {
      await tell(work, paper, { kind: 'supervision.paper_withdrawn', title: `${paper.number}已撤销`, body: `理由：${reason}` })
    }
    return {
      reply: { id, state: 'withdrawn' as const, number: paper.number },
      objects: [{ kind: 'paper', id }],
      fields: { number: paper.number, reason },
    }
  },
})
