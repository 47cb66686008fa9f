import type { Read } from '../../../kernel/database/handles.ts'
import { type Collection, type CollectionAsked, collections, sectionsOf } from '../../../kernel/papers/collections.ts'
import { paperOf, said } from '../../../kernel/papers/paper-blocks.ts'
import type { OfficialPaper, PaperBlock } from '../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'

/** Word bears no more; what does not fit is said in its place. */
const mostBlocks = 480

function fitted(blocks: readonly PaperBlock[], title: string): PaperBlock[] {
  if (blocks.length <= mostBlocks) return [...blocks]
  return [...blocks.slice(0, mostBlocks), said(`“${title}”内容过多，其余 ${blocks.length - mostBlocks} 段请在系统中查看。`)]
}

/** A collection as a paper: each part an annex of its own, so that it begins on a new page and is listed on the first. */
export async function collectionPaper(read: Read, collection: Collection, asked: CollectionAsked): Promise<OfficialPaper> {
  const annexes: { title: string; blocks: PaperBlock[] }[] = []
  for (const section of sectionsOf(collection)) {
    const blocks = await section.blocks(read, asked)
    annexes.push({ title: section.title, blocks: blocks.length > 0 ? fitted(blocks, section.title) : [said('没有记录。')] })
  }
  const { organization, year, today } = asked
  return paperOf(organization.name, {
    form: 'plain',
    title: collection === 'handover' ? collections.handover : `${year}年度${collections[collection]}`,
    blocks: [said(`本材料由系统于${inChinese(today)}从${organization.name}的记录编成，记录更正后请重新导出。各部分见附件。`)],
    annexes,
    signedOn: today,
  })
}
