import { Switch } from 'antd'
import { useAddress } from '../../../ui/address.ts'
import { Labelled } from '../../../ui/field-form.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useLargeType } from '../../../ui/screen.ts'
import { useSession } from '../../../ui/session.tsx'
import { OwnPassword, OwnSecondFactor } from '../../directory/web/index.ts'
import { NoticeWays } from './notice-ways.tsx'

/** What belongs to the person: password, second factor, size of type, notices and their quiet hours. */
export function SettingsPage() {
  const session = useSession()
  const [address, change] = useAddress()
  const part = (name: string) => ({
    open: address.open === name,
    onOpen: () => change({ open: name }),
    onClose: () => change({ open: undefined }),
  })
  return (
    <Page title="我的设置" narrow>
      <OwnPassword {...part('password')} />
      <OwnSecondFactor {...part('second-factor')} />
      {!session.mustChangePassword && (
        <>
          <TypeSize />
          <NoticeWays {...part('mail')} />
        </>
      )}
    </Page>
  )
}

function TypeSize() {
  const [large, setLarge] = useLargeType()
  return (
    <Panel title="字号">
      <Labelled id="settings-large" title="大字版" help="只对这台设备有效，登录前也有效">
        <div>
          <Switch id="settings-large" checked={large} onChange={setLarge} checkedChildren="开" unCheckedChildren="关" />
        </div>
      </Labelled>
    </Panel>
  )
}
