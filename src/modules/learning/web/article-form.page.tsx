import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useParam } from '../../../ui/address.ts'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { type Fields, useFields } from '../../../ui/use-fields.ts'
import { useUpload } from '../../../ui/use-upload.ts'
import { articleBody, type ArticlePage, correctArticle, draftArticle, showArticle } from '../articles/articles.contract.ts'
import { filled, type Row, type RowColumn, RowsEditor } from './rows-editor.tsx'
import './training.css'

const columns: readonly RowColumn[] = [
  { key: 'place', title: '地点' },
  { key: 'visitedOn', title: '日期', kind: 'date' },
  { key: 'note', title: '了解了什么' },
]

/** 写调研文章. */
export function NewArticlePage() {
  const navigate = useNavigate()
  const { today } = useSession()
  const sending = useSubmit(draftArticle)
  const form = useFields({
    name: 'article',
    schema: articleBody,
    initial: { places: [{ visitedOn: today } as never] },
    draftKey: 'article',
  })
  return (
    <Page title="写调研文章" crumbs={[{ label: '调研文章', to: '/articles' }]} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="存下，看比对结果"
          note="提交之前只有您看得到"
          onSubmit={async (body) => {
            const { id } = await sending.send({ body: { ...body, places: filled(body.places) as typeof body.places } })
            await navigate({ href: `/articles/${id}` })
          }}
        >
          <Parts form={form as unknown as Fields} kept={null} />
        </FieldForm>
      </Panel>
    </Page>
  )
}

/** 修改调研文章, while it is a draft or sent back. */
export function CorrectArticlePage() {
  const id = useParam('id')
  const article = useCall(showArticle, { params: { id } })
  return <Loaded query={article}>{(page) => <Correct key={page.id} page={page} />}</Loaded>
}

function Correct({ page }: { page: ArticlePage }) {
  const navigate = useNavigate()
  const sending = useSubmit(correctArticle)
  const { title, places, remark, revision } = page
  const form = useFields({
    name: 'correct-article',
    schema: correctArticle.body,
    initial: { title, places: filled(places) as never, ...(remark && { remark }), revision },
  })
  const at = `/articles/${page.id}`
  return (
    <Page title="修改调研文章" crumbs={[{ label: title, to: at }]} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="存下，看比对结果"
          onSubmit={async (body) => {
            await sending.send({ params: { id: page.id }, body: { ...body, places: filled(body.places) as typeof body.places } })
            await navigate({ href: at })
          }}
        >
          <Parts form={form as unknown as Fields} kept={page.fileName} />
        </FieldForm>
      </Panel>
    </Page>
  )
}

function Parts({ form, kept }: { form: Fields; kept: string | null }) {
  return (
    <>
      <FormField name="title" />
      <FormField name="fileId" render={() => <WordFile form={form} kept={kept} />} />
      <FormField
        name="places"
        render={() => (
          <RowsEditor
            noun="处"
            name="places"
            columns={columns}
            rows={(form.values['places'] ?? []) as readonly Row[]}
            onChange={(value) => form.set('places', value)}
            errors={form.errors}
          />
        )}
      />
      <FormField name="remark" control="area" />
    </>
  )
}

function WordFile({ form, kept }: { form: Fields; kept: string | null }) {
  const input = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(kept)
  const { sending, failure, send } = useUpload({ purpose: 'article' })
  const take = async (chosen: readonly File[]) => {
    const [file] = await send(chosen.slice(0, 1))
    if (!file) return
    setName(file.name)
    form.set('fileId', file.id)
  }
  return (
    <div className="training-acts">
      <span>{name ?? '还没有选文件'}</span>
      <input
        ref={input}
        type="file"
        accept=".docx"
        hidden
        aria-label="文章的 Word 文件"
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])]
          event.target.value = ''
          void take(chosen)
        }}
      />
      <Button loading={sending !== null} onClick={() => input.current?.click()}>
        {name ? '换文件' : '选 Word 文件'}
      </Button>
      {failure && (
        <p className="training-fault" role="alert">
          {failure}
        </p>
      )}
    </div>
  )
}
