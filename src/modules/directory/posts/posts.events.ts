import { eventKind } from '../../../kernel/actions/events.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { PostCode } from './posts.contract.ts'

/** Somebody took a post, or left it on `to`. Grants are proposed and ended from this. */
export const postChanged = eventKind<{
  postNo: number
  personNo: number
  organizationNo: number
  post: PostCode
  from: CivilDate
  to: CivilDate | null
}>('directory.post_changed')
