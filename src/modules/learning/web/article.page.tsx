import { Button } from 'antd'
import { addressOf } from '../../../kernel/http/call.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { useParam } from '../../../ui/address.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { articleFile, type ArticlePage, articleSimilarity, showArticle, type Similarity } from '../articles/articles.contract.ts'
import { articleStates } from '../articles/articles.lifecycle.ts'
import { ArticleActs } from './article-acts.tsx'
import { articleTones } from './article-list.page.tsx'
import { History } from './history.tsx'
import './training.css'

/** One research article: where it was researched, what occurs elsewhere, what reviewers say, and what can be done. */
export function ArticleDetailPage() {
  const id = useParam('id')
  const article = useCall(showArticle, { params: { id } })
  const similarity = useCall(articleSimilarity, { params: { id } })
  return (
    <Loaded query={article}>
      {(page) => (
        <Page
          title={page.title}
          crumbs={[{ label: '调研文章', to: '/articles' }]}
          note={`${page.author}　${page.organization}`}
          narrow
        >
          <div className="training-lines">
            <ArticleActs page={page} share={similarity.data?.share ?? null} />
            <About page={page} />
            <Loaded query={similarity}>{(found) => <Elsewhere found={found} own={page.own} />}</Loaded>
            <Reviews page={page} />
            <History items={page.revisions} />
          </div>
        </Page>
      )}
    </Loaded>
  )
}

function About({ page }: { page: ArticlePage }) {
  const places = page.places
    .map((one) => `${one.place}（${inChinese(one.visitedOn)}${one.note ? `，${one.note}` : ''}）`)
    .join('；')
  return (
    <Panel title="文章">
      <Facts
        items={[
          { term: '状态', value: <StatusTag tone={articleTones[page.state]}>{articleStates[page.state]}</StatusTag> },
          { term: '轮次', value: page.round === 0 ? '还没有提交' : `第 ${page.round} 轮` },
          { term: '提交日期', value: page.submittedOn && inChinese(page.submittedOn) },
          { term: '定稿日期', value: page.acceptedOn && inChinese(page.acceptedOn) },
          { term: '调研地点', value: places, wide: true },
          ...(page.remark ? [{ term: '对相同段落的说明', value: page.remark, wide: true }] : []),
          ...(page.stateReason ? [{ term: '理由', value: page.stateReason, wide: true }] : []),
        ]}
      />
      <div className="training-acts">
        <Button href={addressOf(articleFile.path, { params: { id: page.id } })}>下载 Word（{page.characters} 字）</Button>
      </div>
    </Panel>
  )
}

function Elsewhere({ found, own }: { found: Similarity; own: boolean }) {
  const named = (match: Similarity['matches'][number]) =>
    match.title === null ? '一篇还没有发表的文章' : `《${match.title}》${match.author ?? ''}，${match.year ?? ''}年`
  return (
    <Panel
      title={`与其他文章相同 ${found.share}%`}
      note={`连续 ${found.surelyFound} 字相同的一定查得出；相同不等于不当，由人判断`}
    >
      <div className="training-lines">
        {found.matches.length === 0 && <p className="training-soft">没有查到与此前和同期文章相同的段落。</p>}
        {found.matches.map((match, index) => (
          <p key={index}>
            {match.share}% 与{named(match)}相同
          </p>
        ))}
        {found.passages.length > 0 && (
          <details>
            <summary>看相同的段落 {found.passages.length} 处</summary>
            {found.passages.map((passage, index) => (
              <p key={index} className="training-soft">
                {passage}
              </p>
            ))}
          </details>
        )}
        {own && found.share >= 30 && <p>相同较多。引用的请在文中注明，合作的在“对相同段落的说明”里写清，再提交。</p>}
      </div>
    </Panel>
  )
}

const opinions = { accept: '可以定稿', revise: '修改后再看' } as const

function Reviews({ page }: { page: ArticlePage }) {
  if (page.reviews.length === 0) return null
  return (
    <Panel title="评审意见" note={page.own ? '评审人的姓名不告诉作者' : '作者看得到意见，看不到评审人'}>
      <div className="training-lines">
        {page.reviews.map((review, index) => (
          <div key={index}>
            <p>
              第 {review.round} 轮　{review.reviewer ?? `评审 ${index + 1}`}：
              {review.opinion ? opinions[review.opinion] : '还没有写意见'}
            </p>
            {review.text && <p className="training-soft">{review.text}</p>}
          </div>
        ))}
      </div>
    </Panel>
  )
}
