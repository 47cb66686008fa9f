import { action, allowsAll, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { about, after, articleCounts, articleOf, replaced, stands } from './articles.actions.ts'
import { acceptArticle, assignReviewers, ofArticle, returnArticle, reviewArticle, withdrawArticle } from './articles.contract.ts'
import type { StoredArticle } from './articles.store.ts'
import { type Reviewer, reviewersFor } from './reviewers.queries.ts'
import { keepOpinion, placeReviewers, reviewsOf } from './reviews.store.ts'

const touched = async (work: Work, { id }: { id: string }) => [(await articleOf(work, id)).organizationNo]

/** Nobody decides about an article of her own. */
function notOwn(work: Work, held: StoredArticle): void {
  if (held.authorNo === work.actor.personNo) throw new Problem('learning.article_own')
}

async function tell(
  work: Work,
  personNos: readonly number[],
  said: { kind: string; title: string; body: string; id: string },
): Promise<void> {
  const { id, ...words } = said
  if (personNos.length === 0) return
  await notify(work.tx, { to: { personNos }, except: work.actor.accountNo, link: `/articles/${id}`, at: work.now, ...words })
}

function chosen(candidates: readonly Reviewer[], ids: readonly string[]): number[] {
  const known = new Map(candidates.map((one) => [one.personId, one]))
  const errors = ids.flatMap((id, index) => {
    const one = known.get(id)
    if (one && one.conflict === null) return []
    return [
      {
        field: `personIds.${index}`,
        message: one ? `${one.name}${one.conflict ?? ''}，请另选。` : '这个人不能评审，请从所列的人里选。',
      },
    ]
  })
  if (errors.length > 0) throw new Problem('learning.reviewer_conflict', { errors })
  return [...new Set(ids)].flatMap((id) => known.get(id)?.personNo ?? [])
}

export const assignReviewersAction = action({
  name: 'learning.article.assign',
  input: assignReviewers.body.extend(ofArticle.shape),
  touches: touched,
  run: async (work, { id, personIds }) => {
    const held = await articleOf(work, id)
    notOwn(work, held)
    const state = after(held, 'assign')
    const nos = chosen(await reviewersFor(work.tx, held, { day: work.today }), personIds)
    const given = (await reviewsOf(work.tx, held)).filter(({ opinion }) => opinion !== null)
    if (new Set([...nos, ...given.map(({ reviewerNo }) => reviewerNo)]).size < 2)
      throw new Problem('learning.reviewers_two', { errors: [{ field: 'personIds', message: '请选至少两位。' }] })
    const fresh = await placeReviewers(work, held, nos)
    await replaced(work, held, { state })
    await tell(work, fresh, {
      kind: 'learning.article_to_review',
      title: '有一篇调研文章请您评审',
      body: `《${held.title}》`,
      id,
    })
    return { reply: stands(held, state), objects: about(id), fields: { reviewers: nos.length, round: held.round } }
  },
})

export const reviewArticleAction = action({
  name: 'learning.article.review',
  input: reviewArticle.body.extend(ofArticle.shape),
  touches: () => [],
  run: async (work, { id, opinion, text }) => {
    const held = await articleOf(work, id)
    const state = after(held, 'review')
    const { personNo } = work.actor
    const asked = (await reviewsOf(work.tx, held)).some(({ reviewerNo }) => reviewerNo === personNo)
    if (personNo === null || !asked) throw new Problem('learning.article_not_reviewer')
    if (!(await keepOpinion(work, held, { reviewerNo: personNo, opinion, text })))
      throw new Problem('learning.article_not_reviewer')
    return {
      reply: { ...stands(held, state), revision: held.revision },
      objects: about(id),
      fields: { opinion, round: held.round },
    }
  },
})

export const returnArticleAction = action({
  name: 'learning.article.return',
  input: returnArticle.body.extend(ofArticle.shape),
  touches: touched,
  run: async (work, { id, reason }) => {
    const held = await articleOf(work, id)
    notOwn(work, held)
    const state = after(held, 'return')
    await replaced(work, held, { state, reason })
    await articleCounts(work, held)
    await tell(work, [held.authorNo], {
      kind: 'learning.article_returned',
      title: `调研文章退回修改：${held.title}`,
      body: reason,
      id,
    })
    return { reply: stands(held, state), objects: about(id), fields: { reason, round: held.round } }
  },
})

export const acceptArticleAction = action({
  name: 'learning.article.accept',
  input: acceptArticle.body.extend(ofArticle.shape),
  touches: touched,
  run: async (work, { id, reason }) => {
    const held = await articleOf(work, id)
    notOwn(work, held)
    const state = after(held, 'accept')
    const opinions = (await reviewsOf(work.tx, held)).flatMap(({ opinion }) => opinion ?? [])
    if (opinions.length < 2) throw new Problem('learning.opinions_two')
    if (opinions.includes('revise') && !reason)
      throw new Problem('kernel.invalid_input', {
        errors: [{ field: 'reason', message: '有评审人要求修改，请写明定稿的理由。' }],
      })
    await replaced(work, held, { state, reason: reason || null })
    await articleCounts(work, held)
    await tell(work, [held.authorNo], {
      kind: 'learning.article_accepted',
      title: `调研文章已定稿：${held.title}`,
      body: '已计入当年的要求。',
      id,
    })
    return { reply: stands(held, state), objects: about(id), fields: { opinions: opinions.length, reason } }
  },
})

export const publishArticleAction = action({
  name: 'learning.article.publish',
  input: ofArticle,
  touches: touched,
  run: async (work, { id }) => {
    const held = await articleOf(work, id)
    notOwn(work, held)
    const state = after(held, 'publish')
    await replaced(work, held, { state })
    await articleCounts(work, held)
    await tell(work, [held.authorNo], {
      kind: 'learning.article_published',
      title: `调研文章已发表：${held.title}`,
      body: '全市可看。',
      id,
    })
    return { reply: stands(held, state), objects: about(id) }
  },
})

/** By the author, or by whoever answers for it. */
export const withdrawArticleAction = action({
  name: 'learning.article.withdraw',
  input: withdrawArticle.body.extend(ofArticle.shape),
  touches: () => [],
  run: async (work, { id, reason }) => {
    const held = await articleOf(work, id)
    const editor = { permission: 'learning.article.assign', organizations: [held.organizationNo] }
    if (held.authorNo !== work.actor.personNo && !(await allowsAll(work.tx, work.actor, editor)))
      throw new Problem('learning.article_not_yours')
    const state = after(held, 'withdraw')
    await replaced(work, held, { state, reason })
    await articleCounts(work, held)
    return { reply: stands(held, state), objects: about(id), fields: { reason } }
  },
})
