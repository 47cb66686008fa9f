import { useAddress } from '../../../ui/address.ts'
import { Page, Panel } from '../../../ui/page.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { Wide } from '../../../ui/wide.tsx'
import { articlesOwed } from '../articles/articles.contract.ts'
import './training.css'

/** Leading officials with what became of this year's article, by unit and post. */
export function ArticlesOwedPage() {
  const [search] = useAddress()
  const asked = { ...(search.year && { year: Number(search.year) }), ...(search.under && { under: search.under }) }
  const owed = useCall(articlesOwed, { query: asked })
  return (
    <Page title="谁该写调研文章" crumbs={[{ label: '调研文章', to: '/articles' }]} narrow>
      <Loaded query={owed}>
        {({ year, items }) => (
          <Panel
            title={`${year} 年已完成 ${items.filter(({ done }) => done).length} / ${items.length} 人`}
            note="党组（党委）书记、分管负责人和成员，每人每年一篇"
            flush
          >
            {items.length === 0 && <Empty sentence="您的范围内没有应写调研文章的领导干部。" />}
            <Wide label="应交文章的人">
              <table className="training-table">
                <tbody>
                  {items.map((one) => (
                    <tr key={`${one.personId} ${one.organization} ${one.post}`}>
                      <td className="name">{one.name}</td>
                      <td>
                        {one.organization} {one.post}
                      </td>
                      <td>
                        <StatusTag tone={one.done ? 'done' : 'pending'}>{one.state}</StatusTag>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Wide>
          </Panel>
        )}
      </Loaded>
    </Page>
  )
}
