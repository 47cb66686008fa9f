import { Button } from 'antd'
import { useAddress } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { GoButton } from '../../../ui/go.tsx'
import { canKeepPages } from '../../../ui/offline-shell.ts'
import { Page, Panel } from '../../../ui/page.tsx'
import { useOnline } from '../../../ui/screen.ts'
import { Empty, Loading } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { useState } from 'react'
import { listInspections } from '../inspections/inspections.contract.ts'
import { inspectionStates } from '../inspections/inspections.lifecycle.ts'
import { type Kit, waiting } from '../inspections/kit.rules.ts'
import { type Kits, useKits } from './inspection-kit.client.ts'
import { KitRecord } from './inspection-kit-record.tsx'
import styles from './inspections.module.css'

/** 离线检查: prepared where there is network, used where there is none, sent when there is one again. */
export function InspectionKitPage() {
  const kits = useKits()
  const [search, change] = useAddress()
  const open = kits.kits?.find(({ id }) => id === search.open)
  return (
    <Page
      title={open ? open.page.title : '离线检查'}
      crumbs={[
        { label: '检查', to: '/inspections' },
        ...(open ? [{ label: '离线检查', onClick: () => change({ open: undefined }) }] : []),
      ]}
      narrow
    >
      <div className={styles.stack}>
        {!canKeepPages() && (
          <p className={styles.notice}>
            这个地址不是 https，浏览器不保存网页：没有网络时打不开本页。请让管理员给系统配上 https 地址，或全程保持联网。
          </p>
        )}
        {kits.failure && (
          <p className={styles.notice} role="alert">
            {kits.failure}
          </p>
        )}
        {kits.kits === null ? (
          <Loading />
        ) : open ? (
          <KitRecord key={open.id} kit={open} kits={kits} />
        ) : (
          <Overview kits={kits} onOpen={(id) => change({ open: id })} />
        )}
      </div>
    </Page>
  )
}

function Overview(props: { kits: Kits; onOpen: (id: string) => void }) {
  const online = useOnline()
  const { kits } = props
  const here = kits.kits ?? []
  const mine = useCall(listInspections, online ? { query: { mine: 'yes', limit: 50 } } : null)
  const others = (mine.data?.items ?? []).filter(
    (one) => ['planned', 'announced', 'started'].includes(one.state) && !here.some(({ id }) => id === one.id),
  )
  return (
    <>
      <Panel
        title="已存在这台设备上"
        actions={
          here.some((kit) => kit.unsent) && (
            <Button type="primary" loading={kits.busy} disabled={!online} onClick={() => void kits.send()}>
              全部上传
            </Button>
          )
        }
      >
        {here.length === 0 ? (
          <Empty sentence="还没有。联网时在下面把要去的检查存下来，到没有网络的地方也能用。" />
        ) : (
          <ul className={styles.list}>
            {here.map((kit) => (
              <KitLine key={kit.id} kit={kit} kits={kits} onOpen={() => props.onOpen(kit.id)} />
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="可以存下来的">
        {!online && <p className={styles.soft}>没有网络，看不到还有哪些检查。</p>}
        {online && others.length === 0 && <p className={styles.soft}>没有别的等您去的检查。</p>}
        <ul className={styles.list}>
          {others.map((one) => (
            <li key={one.id}>
              <p>
                <b>{one.title}</b> {one.organization.name} {one.visitOn}
              </p>
              <Button loading={kits.busy} onClick={() => void kits.prepare(one.id)}>
                存到这台设备
              </Button>
            </li>
          ))}
        </ul>
      </Panel>
      <GoButton to="/inspections">看全部检查</GoButton>
    </>
  )
}

function KitLine(props: { kit: Kit; kits: Kits; onOpen: () => void }) {
  const { kit, kits } = props
  const [asking, setAsking] = useState(false)
  const left = waiting(kit)
  return (
    <li>
      <p>
        <b>{kit.page.title}</b> {kit.page.organization.name}
      </p>
      <p className={styles.soft}>
        {inspectionStates[kit.page.state]}，{left > 0 ? `${left} 项还没有上传` : '没有要上传的'}
        {kit.conflicts.length > 0 && `，${kit.conflicts.length} 项与别人记的不同`}
      </p>
      <div className={styles.acts}>
        <Button type="primary" onClick={props.onOpen}>
          打开
        </Button>
        <Button onClick={() => (left > 0 ? setAsking(true) : void kits.remove(kit.id))}>从这台设备去掉</Button>
      </div>
      <ConfirmReason
        open={asking}
        title="放弃没有上传的内容"
        sentence={`${left} 项还没有上传，去掉以后找不回来。`}
        reasonLabel="写“放弃”确认"
        least={2}
        onClose={() => setAsking(false)}
        onConfirm={async (said) => {
          if (said !== '放弃') throw new Error('not confirmed')
          await kits.remove(kit.id)
        }}
      />
    </li>
  )
}
