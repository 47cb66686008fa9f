import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../../ui/address.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { draftPaper, offeredPapers } from '../../papers/papers.contract.ts'
import { PaperShown } from './paper-shown.tsx'
import styles from './papers.module.css'

type Offer = ReturnType<(typeof offeredPapers)['reply']['parse']>['items'][number]

/** 出文书: the kinds that the matter allows now, each with its text; a draft is kept and signed afterwards. */
export function NewPaperPage() {
  const [search] = useAddress()
  const object = { kind: search.objectKind ?? 'case', id: search.objectId ?? '' }
  const offered = useCall(offeredPapers, object.id ? { query: { objectKind: object.kind, objectId: object.id } } : null)
  const crumbs = [{ label: '文书', to: '/papers' }]
  return (
    <Page title="出文书" crumbs={crumbs} narrow>
      {!object.id && (
        <Empty
          sentence="文书从事项出：打开一项督办、一张黄牌、一个问题或一份方案，点“出文书”。"
          next={<Go to="/cases">看督办事项</Go>}
        />
      )}
      <Loaded query={offered}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence="现在的状态不出文书。督办事项提醒后可出提示单，督办后可出通知单和整改清单，约谈确认后可出约谈记录，销号后可出确认单；黄牌决定后可出警示通知书；方案印发后可出文。" />
          ) : (
            <Choosing items={items} object={object} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Choosing(props: { items: readonly Offer[]; object: { kind: string; id: string } }) {
  const [picked, pick] = useState(props.items[0]?.kind)
  const offer = props.items.find((one) => one.kind === picked) ?? props.items[0]
  if (!offer) return null
  return (
    <div className={styles.stack}>
      <div className={styles.acts} role="group" aria-label="文种">
        {props.items.map((one) => (
          <Button
            key={one.kind}
            type={one.kind === offer.kind ? 'primary' : 'default'}
            aria-pressed={one.kind === offer.kind}
            onClick={() => pick(one.kind)}
          >
            {one.name}
          </Button>
        ))}
      </div>
      <Drafting key={offer.kind} offer={offer} object={props.object} />
      <PaperShown body={offer.body} number={null} issuedOn={null} />
    </div>
  )
}

const asked = draftPaper.body.pick({ addition: true })

function Drafting(props: { offer: Offer; object: { kind: string; id: string } }) {
  const navigate = useNavigate()
  const drafting = useSubmit(draftPaper)
  const form = useFields({ name: 'paper', schema: asked, initial: {} })
  return (
    <Panel>
      <FieldForm
        form={form}
        submitLabel="存为草稿"
        onSubmit={async ({ addition }) => {
          const more = addition ? { addition } : {}
          const { id } = await drafting.send({ body: { kind: props.offer.kind, object: props.object, ...more } })
          void navigate({ href: `/papers/${id}` })
        }}
      >
        <FormField name="addition" control="area" />
      </FieldForm>
    </Panel>
  )
}
