import { App, Button, Popover } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { useAddress } from '../../../ui/address.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { useSession } from '../../../ui/session.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { dropView, keepView, listViews, type SavedView } from '../views/views.contract.ts'
import styles from './desk.module.css'

const keys = ['heap', 'kind', 'stage', 'under', 'waiting', 'text', 'sort'] as const
type Filters = z.input<typeof keepView.body>['filters']

/** Views that go with the account to every device: one's own, and those shared where one holds a post. */
export function DeskViews() {
  const [, change] = useAddress()
  const [open, setOpen] = useState(false)
  const [keeping, setKeeping] = useState(false)
  const show = (view: SavedView) => {
    change(Object.fromEntries(keys.map((key) => [key, view.filters[key]])))
    setOpen(false)
  }
  return (
    <>
      <Popover
        trigger="click"
        placement="bottomRight"
        open={open}
        onOpenChange={setOpen}
        content={
          <ViewList
            onShow={show}
            onKeep={() => {
              setOpen(false)
              setKeeping(true)
            }}
          />
        }
      >
        <Button>视图</Button>
      </Popover>
      <Dialog open={keeping} title="存成视图" onClose={() => setKeeping(false)}>
        <KeepForm onDone={() => setKeeping(false)} />
      </Dialog>
    </>
  )
}

function ViewList(props: { onShow: (view: SavedView) => void; onKeep: () => void }) {
  const views = useCall(listViews, {})
  const dropping = useSubmit(dropView)
  const items = views.data?.items ?? []
  return (
    <div className={styles.stack}>
      {items.length === 0 && <p className={styles.soft}>还没有存过视图。选好筛选，点下面的“存成视图”。</p>}
      <ul className={styles.views}>
        {items.map((view) => (
          <li key={view.id}>
            <span>
              <Button type="link" onClick={() => props.onShow(view)}>
                {view.name}
              </Button>
              {view.sharedWith && <small>{view.mine ? `与${view.sharedWith.name}共用` : `${view.sharedWith.name}共用的`}</small>}
            </span>
            {view.mine && (
              <Button
                size="small"
                aria-label={`删掉视图：${view.name}`}
                onClick={() => void dropping.submit({ params: { id: view.id } })}
              >
                删掉
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button onClick={props.onKeep}>存成视图</Button>
    </div>
  )
}

/** The filters that the address holds now. */
function useFilters(): Filters {
  const [search] = useAddress()
  return Object.fromEntries(keys.flatMap((key) => (search[key] ? [[key, search[key]]] : []))) as Filters
}

function KeepForm({ onDone }: { onDone: () => void }) {
  const { message } = App.useApp()
  const { organizations } = useSession()
  const filters = useFilters()
  const keeping = useSubmit(keepView)
  const form = useFields({ name: 'desk-view', schema: keepView.body.omit({ filters: true }), initial: {} })
  return (
    <FieldForm
      form={form}
      submitLabel="存下"
      onSubmit={async (body) => {
        await keeping.send({ body: { ...body, filters } })
        onDone()
        void message.success('已存下，点“视图”就能再看。')
      }}
    >
      <FormField name="name" />
      <FormField
        name="sharedWithId"
        control="select"
        options={[{ value: '', label: '只给自己' }, ...organizations.map(({ id, name }) => ({ value: id, label: name }))].filter(
          ({ value }) => value !== '',
        )}
      />
    </FieldForm>
  )
}
