import { Select } from 'antd'
import { useState } from 'react'
import { period, periodName } from '../../../kernel/time/period.ts'
import { useAddress } from '../../../ui/address.ts'
import { Page, Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { recordWork, workRecordForm } from '../work-records/work-records.contract.ts'
import { Recorded, type RecordedMeeting } from './recorded.tsx'
import { recordFields, sentOf, titleFor, workDraftKey } from './work-record-entry.rules.ts'
import { type WorkForm, WorkRecordForm } from './work-record-form.tsx'

const crumbs = [{ label: '工作纪实', to: '/work-records' }]

/** 记工作纪实: preset by the address (organization, tag, a period that is over). */
export function RecordWorkPage() {
  const [search] = useAddress()
  const { organizations } = useSession()
  const [chosen, setChosen] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  const only = organizations.length === 1 ? organizations[0]?.id : undefined
  const organization = search.organization ?? chosen ?? only
  const read = useCall(workRecordForm, organization ? { query: { organization } } : null)
  if (!organization) {
    return (
      <Page title="记工作纪实" crumbs={crumbs} narrow>
        <Panel title="先选是哪个组织做的">
          <Select
            aria-label="组织"
            placeholder="选组织"
            style={{ width: '100%' }}
            options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id: string) => setChosen(id)}
          />
        </Panel>
      </Page>
    )
  }
  return (
    <Loaded query={read}>
      {(form) => (
        <Record key={`${form.organization.id} ${search.tag ?? ''} ${round}`} form={form} onAgain={() => setRound(round + 1)} />
      )}
    </Loaded>
  )
}

/** What the form begins with; the day of a period that is over is for the writer to say. */
function initialOf(form: WorkForm, search: Readonly<Record<string, string | undefined>>, today: string) {
  const tag = form.tags.find((each) => each.code === search.tag)
  const span = periodName.safeParse(search.period).data
  const over = span !== undefined && period(span).ends < today
  const heldOn = over ? undefined : form.heldOn
  return {
    latest: over ? period(span).ends : undefined,
    initial: {
      organizationIds: [form.organization.id],
      tags: tag ? [{ tag: tag.code }] : [],
      title: tag ? titleFor([tag]) : '',
      content: '',
      ...(heldOn && { heldOn }),
      people: [],
      files: [],
      links: [],
    },
  }
}

function Record(props: { form: WorkForm; onAgain: () => void }) {
  const { form } = props
  const [search] = useAddress()
  const { today } = useSession()
  const [{ initial, latest }] = useState(() => initialOf(form, search, today))
  const sending = useSubmit(recordWork)
  const [result, setResult] = useState<RecordedMeeting | null>(null)
  const draftKey = workDraftKey({ organization: form.organization.id, tag: search.tag, period: search.period })
  const fields = useFields({ name: 'work-record', schema: recordFields, initial, draftKey })
  if (result) {
    return (
      <Page title="记工作纪实" crumbs={crumbs} narrow>
        <Recorded title="已记好" result={result} address={`/work-records/${result.id}`} onAgain={props.onAgain} />
      </Page>
    )
  }
  return (
    <Page title="记工作纪实" crumbs={crumbs} narrow note={form.organization.name}>
      <WorkRecordForm
        form={form}
        fields={fields}
        submitLabel="记好"
        latest={latest}
        onSubmit={async (values) => {
          const reply = await sending.send({ body: sentOf(values) })
          setResult({ ...reply, warnings: [] })
        }}
      />
    </Page>
  )
}
