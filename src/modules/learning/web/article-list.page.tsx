import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { Button } from 'antd'
import { addressOf, call } from '../../../kernel/http/call.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { type Tone, StatusTag } from '../../../ui/status-tag.tsx'
import { articleCollection, type ArticleLine, listArticles } from '../articles/articles.contract.ts'
import { type ArticleState, articleStates } from '../articles/articles.lifecycle.ts'
import { crumbs, TrainingTabs } from './training-tabs.tsx'
import { optionsOf } from './whole-form.tsx'

export const articleTones: Readonly<Record<ArticleState, Tone>> = {
  drafted: 'none',
  submitted: 'pending',
  in_review: 'pending',
  returned: 'short',
  accepted: 'done',
  published: 'done',
  withdrawn: 'none',
}
const filters: readonly Filter[] = [
  { key: 'text', title: '题目或作者', kind: 'text', width: 11 },
  { key: 'mine', title: '与我有关', kind: 'select', options: optionsOf({ author: '我写的', reviewer: '请我评审的' }), width: 9 },
  { key: 'state', title: '状态', kind: 'select', options: optionsOf(articleStates), width: 9 },
]
const columns: readonly Column<ArticleLine>[] = [
  { key: 'title', title: '题目', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'author', title: '作者', cell: (row) => row.author },
  { key: 'organization', title: '单位', wrap: true, cell: (row) => row.organization },
  { key: 'places', title: '调研地点', align: 'right', cell: (row) => `${row.places} 处` },
  { key: 'submittedOn', title: '提交日期', cell: (row) => row.submittedOn ?? '－' },
  {
    key: 'state',
    title: '状态',
    cell: (row) => <StatusTag tone={articleTones[row.state]}>{articleStates[row.state]}</StatusTag>,
  },
]

/** Research articles: one's own, those to look at, those in one's care, and what is published. */
export function ArticleListPage() {
  const navigate = useNavigate()
  const { person, today } = useSession()
  const collects = useAbility('learning.article.accept')
  const create = person && (
    <GoButton to="/articles/new" type="primary">
      写调研文章
    </GoButton>
  )
  const year = today.slice(0, 4)
  return (
    <Page
      title="调研文章"
      crumbs={crumbs}
      actions={
        <>
          <GoButton to="/articles/owed">谁该写</GoButton>
          {collects && <Button href={addressOf(articleCollection.path, { query: { year } })}>{year}年汇编</Button>}
          {create}
        </>
      }
    >
      <TrainingTabs now="articles" />
      <QueryTable<ArticleLine>
        name="articles"
        caption="调研文章"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(
            listArticles,
            { query: { ...(values as z.input<(typeof listArticles)['query']>), ...(after && { after }) } },
            { signal },
          )
        }
        onOpen={(row) => void navigate({ href: `/articles/${row.id}` })}
        empty={{ sentence: '还没有调研文章。下去调研，写成 Word 上传，先看比对结果再提交。', next: create || undefined }}
      />
    </Page>
  )
}
