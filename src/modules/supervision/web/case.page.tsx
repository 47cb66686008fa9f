import { Button } from 'antd'
import { useParam } from '../../../ui/address.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { useAbility } from '../../../ui/session.tsx'
import { Failed, Loading, Refused } from '../../../ui/states.tsx'
import { CallProblem } from '../../../kernel/http/call.ts'
import { useCall } from '../../../ui/use-call.ts'
import { showCase } from '../cases/cases.contract.ts'
import { CaseActs } from './case-acts.tsx'
import { CaseRecord } from './case-record.tsx'
import { LadderActs } from './ladder-acts.tsx'
import { PaperLink } from './papers/paper-link.tsx'

/** One case on a page of its own, which is also what is printed. */
export function CaseDetailPage() {
  const id = useParam('id')
  const found = useCall(showCase, { params: { id } })
  const lists = useAbility('supervision.case.read')
  const crumbs = lists ? [{ label: '督办', to: '/cases' }] : []
  if (!found.data) {
    return (
      <Page title="督办事项" crumbs={crumbs} narrow>
        {found.isError ? <NotRead error={found.error} lists={lists} onRetry={() => void found.refetch()} /> : <Loading />}
      </Page>
    )
  }
  return (
    <Page
      title={found.data.title}
      crumbs={crumbs}
      narrow
      actions={
        <>
          <PaperLink kind="case" id={id} />
          <Button onClick={() => print()}>打印</Button>
        </>
      }
    >
      <CaseActs key={id} found={found.data} />
      <LadderActs found={found.data} />
      <CaseRecord found={found.data} />
    </Page>
  )
}

/** A case that is not there, or not the reader's, will not appear by trying again. */
function NotRead(props: { error: unknown; lists: boolean; onRetry: () => void }) {
  if (!(props.error instanceof CallProblem) || props.error.status !== 404) return <Refused {...props} />
  return (
    <Failed
      error={props.error}
      next={<GoButton to={props.lists ? '/cases' : '/'}>{props.lists ? '看督办列表' : '回到待办'}</GoButton>}
    />
  )
}
