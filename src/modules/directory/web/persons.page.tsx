import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { addressOf, call } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter, FilterValues } from '../../../ui/query-table-shape.ts'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { SplitView } from '../../../ui/split-view.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { listPersons, personCategories, type PersonCategory, type PersonLine } from '../persons/persons.contract.ts'
import { exportRoster } from '../roster/roster.contract.ts'
import { organizationFilter } from './list-filters.tsx'
import { PersonCreateForm } from './person-form.tsx'
import { PersonDetail } from './person-detail.tsx'
import { workplaceOf } from './workplace.rules.ts'
import { sexNames } from './person-words.rules.ts'

const categoryOptions = Object.entries(personCategories).map(([value, label]) => ({ value, label }))

const filters: readonly Filter[] = [
  { key: 'text', title: '姓名或拼音', kind: 'text', width: 9 },
  organizationFilter,
  { key: 'category', title: '人员类别', kind: 'select', options: categoryOptions, width: 9 },
  {
    key: 'order',
    title: '排序',
    kind: 'select',
    initial: 'pinyin',
    width: 9,
    options: [
      { value: 'pinyin', label: '按姓名拼音' },
      { value: 'strokes', label: '按姓氏笔画' },
    ],
  },
]

const columns: readonly Column<PersonLine>[] = [
  { key: 'name', title: '姓名', cell: (row) => row.name, fixed: true, width: 8 },
  { key: 'category', title: '人员类别', cell: (row) => personCategories[row.category], width: 8 },
  { key: 'organization', title: '所在组织', cell: (row) => row.organization.name, wrap: true, width: 18 },
  { key: 'group', title: '党小组', cell: (row) => row.groupName ?? '－', width: 8, phone: 'none' },
  { key: 'posts', title: '职务', cell: (row) => row.posts.join('、') || '－', wrap: true, width: 12 },
  { key: 'sex', title: '性别', cell: (row) => sexNames(row.sex), width: 4, phone: 'none' },
  { key: 'joinedOn', title: '加入党组织', cell: (row) => row.joinedOn ?? '－', width: 8, phone: 'none' },
  {
    key: 'exempt',
    title: '硬性要求',
    cell: (row) => (row.exempt ? <StatusTag tone="exempt">免除</StatusTag> : '－'),
    width: 6,
    phone: 'none',
    extra: true,
  },
]

function query(values: FilterValues) {
  const order = values.order === 'strokes' ? ('strokes' as const) : ('pinyin' as const)
  return {
    order,
    ...(values.text && { text: values.text }),
    ...(values.under && { under: values.under }),
    ...(values.category && { category: values.category as PersonCategory }),
  }
}

/** Everybody in the reader's scope; a person's file opens beside the list. */
export function PersonsPage() {
  const [address, change] = useAddress()
  const navigate = useNavigate()
  const mayCreate = useAbility('directory.person.create')
  const mayImport = useAbility('directory.roster.upload')
  const close = () => change({ id: undefined, act: undefined })
  const creating = mayCreate && address.act === 'create'
  const detail = creating ? (
    <PersonCreateForm under={address.under ?? null} onClose={close} onDone={(id) => change({ id, act: undefined })} />
  ) : address.id ? (
    <PersonDetail key={address.id} id={address.id} />
  ) : null
  return (
    <Page title="人员" actions={<Actions />}>
      <SplitView width="half" detail={detail} detailTitle={creating ? '登记人员' : '个人档案'} onClose={close}>
        <QueryTable
          name="persons"
          caption="人员名册"
          columns={columns}
          filters={filters}
          rowKey={(row) => row.id}
          query={(values, after, signal) =>
            call(listPersons, { query: { ...query(values), limit: 100, ...(after && { after }) } }, { signal })
          }
          onOpen={(row) => change({ id: row.id, act: undefined })}
          onClose={close}
          selected={address.id ?? null}
          empty={{
            sentence: '名册里还没有人。',
            next: mayImport ? <Button onClick={() => void navigate({ to: '/roster-import' })}>从表格导入名册</Button> : undefined,
          }}
        />
      </SplitView>
    </Page>
  )
}

function Actions() {
  const [address, change] = useAddress()
  const navigate = useNavigate()
  const mayCreate = useAbility('directory.person.create')
  const mayImport = useAbility('directory.roster.upload')
  const mayExport = useAbility('directory.roster.export')
  const own = workplaceOf(useSession())
  const whole = address.under ?? own
  return (
    <>
      {mayExport && whole && (
        <Button href={addressOf(exportRoster.path, { query: { organization: whole } })} download>
          导出名册
        </Button>
      )}
      {mayImport && <Button onClick={() => void navigate({ to: '/roster-import' })}>从表格导入</Button>}
      {mayCreate && (
        <Button type="primary" onClick={() => change({ act: 'create', id: undefined })}>
          登记人员
        </Button>
      )}
    </>
  )
}
