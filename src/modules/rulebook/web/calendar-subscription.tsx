import { Button, Input } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { Panel } from '../../../ui/page.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { sentenceOf } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { dropSubscription, makeSubscription, showSubscription } from '../calendar/calendar.contract.ts'

/** The secret address by which a telephone's calendar reads along: made, shown once, replaced, ended. */
export function CalendarSubscription() {
  const standing = useCall(showSubscription, {})
  const make = useSubmit(makeSubscription)
  const drop = useSubmit(dropSubscription)
  const [address, setAddress] = useState<string | null>(null)
  const failure = make.error ?? drop.error
  return (
    <Panel title="订阅到手机或电脑的日历">
      <Loaded query={standing}>
        {({ createdOn }) => (
          <>
            <p className="relief-note">
              在手机日历里“添加订阅日历”，填入下面生成的地址，未办的事项会连同提醒一起出现，最远到十二个月以后。地址里有密钥，
              知道的人都能看到事项名称和日期，请不要转发；不慎外传，更换即可。
            </p>
            {address !== null && (
              <p>
                <label htmlFor="calendar-address">地址只显示这一次，请现在复制：</label>
                <Input id="calendar-address" readOnly value={address} onFocus={(event) => event.target.select()} />
              </p>
            )}
            {createdOn !== null && address === null && <p>已有一个订阅地址，{inChinese(createdOn)}生成。忘了就更换一个。</p>}
            <div className="relief-acts">
              <Button
                loading={make.pending}
                onClick={() =>
                  void make
                    .submit({ body: {} })
                    .then((made) => made && setAddress(new URL(made.path, window.location.origin).href))
                }
              >
                {createdOn === null ? '生成订阅地址' : '更换订阅地址'}
              </Button>
              {createdOn !== null && (
                <Button loading={drop.pending} onClick={() => void drop.submit({ body: {} }).then(() => setAddress(null))}>
                  停用
                </Button>
              )}
            </div>
            {failure !== null && <p role="alert">{sentenceOf(failure)}</p>}
          </>
        )}
      </Loaded>
    </Panel>
  )
}
