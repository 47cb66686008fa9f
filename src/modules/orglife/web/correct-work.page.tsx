import { useState } from 'react'
import { useParam } from '../../../ui/address.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { correctWork, showWorkRecord, workRecordForm, type WorkRecordPage } from '../work-records/work-records.contract.ts'
import { Recorded, type RecordedMeeting } from './recorded.tsx'
import { correctFields, sentOf, valuesOf } from './work-record-entry.rules.ts'
import { type WorkForm, WorkRecordForm } from './work-record-form.tsx'

/** 更正: the same form with the record in it; what was recorded first stays, and so does its date. */
export function CorrectWorkPage() {
  const id = useParam('id')
  const [result, setResult] = useState<RecordedMeeting | null>(null)
  const record = useCall(showWorkRecord, result ? null : { params: { id } })
  const organization = record.data?.organization.id
  const form = useCall(workRecordForm, organization ? { query: { organization } } : null)
  if (result) {
    return (
      <Page title="更正工作纪实" narrow>
        <Recorded title="已更正" result={result} address={`/work-records/${id}`} />
      </Page>
    )
  }
  return (
    <Loaded query={record}>
      {(page) =>
        page.abilities.includes('correct') ? (
          <Loaded query={form}>{(ready) => <Correct key={page.revision} page={page} form={ready} onDone={setResult} />}</Loaded>
        ) : (
          <Page title="更正工作纪实" narrow>
            <Empty sentence="这条工作纪实现在不能更正。" next={<GoButton to={`/work-records/${id}`}>看这条记录</GoButton>} />
          </Page>
        )
      }
    </Loaded>
  )
}

function Correct(props: { page: WorkRecordPage; form: WorkForm; onDone: (result: RecordedMeeting) => void }) {
  const { page, form } = props
  const sending = useSubmit(correctWork)
  const [initial] = useState(() => valuesOf(page, new Map(form.tags.map((tag) => [tag.code, tag.categories]))))
  const fields = useFields({
    name: 'work-record',
    schema: correctFields,
    initial,
    draftKey: `work-correct:${page.id}:${page.revision}`,
  })
  return (
    <Page title="更正工作纪实" narrow crumbs={[{ label: page.title, to: `/work-records/${page.id}` }]}>
      <WorkRecordForm
        form={form}
        fields={fields}
        submitLabel="保存更正"
        more={<GoButton to={`/work-records/${page.id}`}>不改了</GoButton>}
        onSubmit={async (values) => {
          const reply = await sending.send({ params: { id: page.id }, body: sentOf(values) })
          props.onDone({ ...reply, warnings: [] })
        }}
      />
    </Page>
  )
}
