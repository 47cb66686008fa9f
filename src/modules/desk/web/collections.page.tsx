import { Button, Select } from 'antd'
import { addressOf } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { Page, Panel } from '../../../ui/page.tsx'
import { actsFor, useSession } from '../../../ui/session.tsx'
import { Empty } from '../../../ui/states.tsx'
import { OrganizationPicker } from '../../directory/web/index.ts'
import { type CollectionKind, collectionKinds, exportCollection } from '../collections/collections.contract.ts'
import './due.css'
import './search.css'

/** 材料: what is put together from the records, so that nobody writes it again. */
export function CollectionsPage() {
  const session = useSession()
  const [address, change] = useAddress()
  const organization = address['organization'] ?? actsFor(session)?.id
  const thisYear = Number(session.today.slice(0, 4))
  const asked = Number(address['year'])
  const year = Number.isInteger(asked) ? asked : thisYear
  return (
    <Page title="材料" narrow>
      <div className="search-asked">
        <OrganizationPicker
          aria-label="组织"
          value={organization ?? null}
          onChange={(id) => change({ organization: id ?? undefined })}
        />
        <Select
          aria-label="年份"
          value={year}
          onChange={(chosen) => change({ year: String(chosen) })}
          options={[0, 1, 2, 3].map((back) => ({ value: thisYear - back, label: `${thisYear - back} 年` }))}
        />
      </div>
      {organization === undefined ? (
        <Empty sentence="请先选择组织。" />
      ) : (
        <Panel title="从记录编成的材料" note="Word 文件；记录更正后重新导出即可" flush>
          <ul className="due-lines">
            {Object.entries(collectionKinds).map(([kind, shown]) => (
              <li key={kind} className="due-line">
                <div className="due-what">
                  <b>{shown.title}</b>
                  <span className="search-around">{shown.for}</span>
                </div>
                <div className="due-acts">
                  <Button
                    href={addressOf(exportCollection.path, { query: { kind: kind as CollectionKind, organization, year } })}
                    download
                  >
                    下载{shown.title}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Page>
  )
}
