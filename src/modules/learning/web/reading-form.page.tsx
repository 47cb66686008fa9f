import { useNavigate } from '@tanstack/react-router'
import { useParam } from '../../../ui/address.ts'
import { Page } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import {
  bookCategories,
  correctReading,
  readingBody,
  type ReadingPage,
  recommendReading,
  showReading,
} from '../reading/reading.contract.ts'
import { filled, type Row, type RowColumn } from './rows-editor.tsx'
import { optionsOf, useOrganizations, WholeForm } from './whole-form.tsx'

const columns: readonly RowColumn[] = [
  { key: 'category', title: '类别', kind: 'select', options: optionsOf(bookCategories) },
  { key: 'title', title: '书名' },
  { key: 'author', title: '作者' },
  { key: 'remark', title: '为什么推荐' },
]
const rows = { name: 'books', noun: '本', columns }
const oneOfEach = Object.keys(bookCategories).map((category): Row => ({ category }))

/** 荐一期书: one of each category is laid out, what stays empty is left out. */
export function NewReadingPage() {
  const navigate = useNavigate()
  const { today } = useSession()
  const { first, options } = useOrganizations()
  const sending = useSubmit(recommendReading)
  const form = useFields({
    name: 'reading-list',
    schema: readingBody,
    initial: { ...(first && { organizationId: first }), issuedOn: today, books: oneOfEach as never },
    draftKey: 'reading-list',
  })
  return (
    <Page title="荐一期书" crumbs={[{ label: '荐书', to: '/reading-lists' }]} narrow>
      <WholeForm
        form={form}
        fields={['title', 'organizationId', 'issuedOn', 'note']}
        options={{ organizationId: options }}
        areas={['note']}
        rows={rows}
        submitLabel="荐给大家"
        onSubmit={async (body) => {
          const { id } = await sending.send({ body: { ...body, books: filled(body.books) as typeof body.books } })
          await navigate({ href: `/reading-lists/${id}` })
        }}
      />
    </Page>
  )
}

/** 更正一期荐书. */
export function CorrectReadingPage() {
  const id = useParam('id')
  const list = useCall(showReading, { params: { id } })
  return <Loaded query={list}>{(page) => <Correct key={page.id} page={page} />}</Loaded>
}

function Correct({ page }: { page: ReadingPage }) {
  const navigate = useNavigate()
  const sending = useSubmit(correctReading)
  const { title, issuedOn, note, revision } = page
  const form = useFields({
    name: 'correct-reading',
    schema: correctReading.body,
    initial: { title, issuedOn, ...(note && { note }), books: filled(page.books) as never, revision },
  })
  const at = `/reading-lists/${page.id}`
  return (
    <Page title="更正荐书" crumbs={[{ label: title, to: at }]} narrow>
      <WholeForm
        form={form}
        fields={['title', 'issuedOn', 'note']}
        areas={['note']}
        rows={rows}
        last={['reason']}
        submitLabel="更正"
        onSubmit={async (body) => {
          await sending.send({ params: { id: page.id }, body: { ...body, books: filled(body.books) as typeof body.books } })
          await navigate({ href: at })
        }}
      />
    </Page>
  )
}
