import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useParam } from '../../../../ui/address.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { type Fields, useFields } from '../../../../ui/use-fields.ts'
import { correctDetermination, type DeterminationPage, showDetermination } from '../../determinations/determinations.contract.ts'
import { correctFields, sentOf, valuesOf } from './determination-fields.rules.ts'
import { SeenFields } from './seen-fields.tsx'

/** 更正认定: by its author, with a reason; the organization is told again and may object anew. */
export function CorrectDeterminationPage() {
  const id = useParam('id')
  const read = useCall(showDetermination, { params: { id } })
  return (
    <Loaded query={read}>
      {(page) =>
        page.abilities.includes('correct') ? (
          <Correct key={page.revision} page={page} />
        ) : (
          <Page title="更正认定" narrow>
            <Empty sentence="这次认定现在不能更正。" next={<GoButton to={`/determinations/${id}`}>看这次认定</GoButton>} />
          </Page>
        )
      }
    </Loaded>
  )
}

function Correct({ page }: { page: DeterminationPage }) {
  const navigate = useNavigate()
  const sending = useSubmit(correctDetermination)
  const [initial] = useState(() => valuesOf(page))
  const form = useFields({ name: 'determination', schema: correctFields, initial })
  const back = `/determinations/${page.id}`
  return (
    <Page title="更正认定" narrow crumbs={[{ label: `${page.requirement.code} ${page.requirement.title}`, to: back }]}>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="保存更正"
          more={<GoButton to={back}>不改了</GoButton>}
          onSubmit={async (values) => {
            await sending.send({ params: { id: page.id }, body: sentOf(values) })
            void navigate({ href: back, replace: true })
          }}
        >
          <SeenFields fields={form as Fields} organization={page.organization.id} />
          <FormField name="reason" />
        </FieldForm>
      </Panel>
    </Page>
  )
}
