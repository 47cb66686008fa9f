import { whenHappens } from '../../../kernel/actions/events.ts'
import { posts } from '../posts/posts.contract.ts'
import { postChanged } from '../posts/posts.events.ts'
import { accountOfPerson, endGrantsOfPost, insertProposal } from './grants.store.ts'

// Grants follow posts: who takes one is proposed for its role, who leaves it loses the role on the same day.
whenHappens(postChanged, async (work, { postNo, personNo, organizationNo, post, from, to }) => {
  if (to !== null) return endGrantsOfPost(work, postNo, to)
  const { role, name } = posts[post]
  const accountNo = role === null ? null : await accountOfPerson(work, personNo)
  if (role === null || accountNo === null) return
  await insertProposal(work, { accountNo, role, organizationNo, from, to, postNo, reason: name })
})
