import { Button } from 'antd'
import { useAddress } from '../../../ui/address.ts'
import { Go } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { listNotices, type NoticeLine, putAwayNotice } from '../notices/notices.contract.ts'
import './due.css'

const stamp = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

/** 通知: the new ones first; what was read is not recorded, what is put away is the reader's choice. */
export function NoticesPage() {
  const [search, change] = useAddress()
  const all = search.putAway === 'yes'
  const notices = useCall(listNotices, { query: { limit: 100, ...(all && { putAway: 'yes' as const }) } }, { keepPrevious: true })
  return (
    <Page
      title="通知"
      narrow
      actions={
        <Button onClick={() => change({ putAway: all ? undefined : 'yes' })}>{all ? '只看没收起的' : '也看收起的'}</Button>
      }
    >
      <Loaded query={notices}>
        {(data) => (
          <Panel title={all ? '全部' : '没有收起的'} note={data.total ? `还有 ${data.total} 条没收起` : undefined} flush>
            {data.items.length === 0 ? (
              <Empty sentence={all ? '还没有通知。会议预定、督办转到您这里时会通知您。' : '通知都收起了。'} />
            ) : (
              <ul className="due-lines">
                {data.items.map((notice) => (
                  <Notice key={notice.id} notice={notice} />
                ))}
              </ul>
            )}
          </Panel>
        )}
      </Loaded>
    </Page>
  )
}

function Notice({ notice }: { notice: NoticeLine }) {
  const away = useSubmit(putAwayNotice)
  return (
    <li className="due-line">
      <div className="due-what">
        {notice.urgent && <StatusTag tone="short">急</StatusTag>}
        <Go to={notice.link}>{notice.title}</Go>
        <span className="due-meta">{stamp.format(new Date(notice.at))}</span>
        {notice.body && <span style={{ flexBasis: '100%', whiteSpace: 'pre-line' }}>{notice.body}</span>}
      </div>
      <div className="due-acts">
        {!notice.putAway && (
          <Button
            loading={away.pending}
            aria-label={`收起：${notice.title}`}
            onClick={() => void away.submit({ params: { id: notice.id } })}
          >
            收起
          </Button>
        )}
      </div>
    </li>
  )
}
