import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAddress } from '../../../../ui/address.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { actsFor, useSession } from '../../../../ui/session.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { receiveClue } from '../../clues/clues.contract.ts'
import { clueSources } from '../../clues/clues.lifecycle.ts'
import { organization, persons } from '../records/pickers.tsx'

const { report, superior, own: found } = clueSources
const sources = Object.entries({ report, superior, own: found }).map(([value, label]) => ({ value, label }))

/** A clue is taken up. Nothing typed here stays on the device; what concerns a head of the unit goes above and is gone from here. */
export function NewCluePage() {
  const session = useSession()
  const [search] = useAddress()
  const navigate = useNavigate()
  const receiving = useSubmit(receiveClue)
  const [gone, setGone] = useState<string | null>(null)
  const own = search.organization ?? actsFor(session)?.id
  const linked = search.finding ?? search.problem ?? search.project
  const form = useFields({
    name: 'clue-new',
    schema: receiveClue.body,
    initial: {
      source: 'report',
      namedIds: [],
      above: false,
      ...(own && { organizationId: own }),
      ...(search.finding && { findingId: search.finding }),
      ...(search.problem && { problemId: search.problem }),
      ...(search.project && { keyProjectId: search.project }),
    },
  })
  return (
    <Page
      title="受理线索"
      crumbs={[
        { label: '督办', to: '/cases' },
        { label: '线索', to: '/clues' },
      ]}
      narrow
    >
      <Panel>
        {gone === null ? (
          <FieldForm
            form={form}
            submitLabel="受理"
            note="只有办理的纪检人员看得到，列出的被反映人除外。填写的内容不存在这台设备上。"
            onSubmit={async (body) => {
              const { id, visible, handledBy } = await receiving.send({ body })
              if (visible) void navigate({ href: `/clues/${id}`, replace: true })
              else setGone(handledBy)
            }}
          >
            <FormField name="organizationId" render={organization} />
            {!linked && <FormField name="source" options={sources} />}
            <FormField name="title" help="一句话；不写姓名也可以。" />
            <FormField name="matter" control="area" />
            <FormField name="namedIds" render={persons()} />
            <FormField name="informant" />
            <FormField name="above" />
          </FieldForm>
        ) : (
          <>
            <p role="status">线索已送{gone}的纪检人员办理。被反映人需要回避，您在这里不再看到它。</p>
            <GoButton to="/clues">回到线索</GoButton>
          </>
        )}
      </Panel>
    </Page>
  )
}
