import { useNavigate } from '@tanstack/react-router'
import { useAddress, useParam } from '../../../../ui/address.ts'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import {
  draftRequest,
  editRequest,
  type RequestBody,
  type RequestPage,
  showRequest,
} from '../../data-requests/data-requests.contract.ts'
import { RequestForm } from './request-form.tsx'

const crumbs = [{ label: '专项填报', to: '/data-requests' }]

/** A new request: written first, weighed, and only then published. */
export function NewRequestPage() {
  const navigate = useNavigate()
  const [search] = useAddress()
  const drafting = useSubmit(draftRequest)
  return (
    <Page title="起草专项填报" crumbs={crumbs} narrow>
      <Panel title="要什么" note="会议、人员、工作纪实里已有的数据不要再让下级填，系统会拦下并说在哪里看。">
        <RequestForm
          name="data-request-new"
          initial={search.organization ? { issuerId: search.organization } : {}}
          draftKey="data-request:new"
          submitLabel="存为草稿"
          onSubmit={async (body) => {
            const { id } = await drafting.send({ body })
            void navigate({ href: `/data-requests/${id}`, replace: true })
          }}
        />
      </Panel>
    </Page>
  )
}

/** A draft taken up again. */
export function EditRequestPage() {
  const id = useParam('id')
  const found = useCall(showRequest, { params: { id } })
  return (
    <Page title="修改专项填报" crumbs={[...crumbs, { label: found.data?.title ?? '草稿', to: `/data-requests/${id}` }]} narrow>
      <Loaded query={found}>
        {(page) =>
          page.abilities.includes('edit') ? (
            <Edit key={page.revision} page={page} />
          ) : (
            <Empty sentence="这件专项填报已经不是草稿，或不由您修改。" />
          )
        }
      </Loaded>
    </Page>
  )
}

const bodyOf = (page: RequestPage): RequestBody => ({
  issuerId: page.issuer.id,
  title: page.title,
  purpose: page.purpose,
  kind: page.kind,
  fields: page.fieldList.map(({ key: _, ...field }) => field),
  recipientKinds: page.recipientKinds as RequestBody['recipientKinds'],
  cadence: page.cadence,
  firstDue: page.firstDue,
  lastDay: page.lastDay,
  minutesEstimated: page.minutesEstimated,
})

function Edit({ page }: { page: RequestPage }) {
  const navigate = useNavigate()
  const editing = useSubmit(editRequest)
  return (
    <Panel title="要什么">
      <RequestForm
        name="data-request-edit"
        initial={bodyOf(page)}
        fixedIssuer
        submitLabel="存下修改"
        onSubmit={async (body) => {
          await editing.send({ params: { id: page.id }, body: { ...body, revision: page.revision } })
          void navigate({ href: `/data-requests/${page.id}`, replace: true })
        }}
      />
    </Panel>
  )
}
