import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useMemo, useState } from 'react'
import { CallProblem } from '../../kernel/http/call.ts'
import { useLargeType, usePhone } from '../../ui/screen.ts'
import { type Session, SessionContext } from '../../ui/session.tsx'
import { themeFor } from '../../ui/theme.ts'
import { ChangedContext } from './changed.ts'
import { makeRouter } from './router.tsx'

dayjs.locale('zh-cn')

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

/** Menus and choices open inside the landmark that they belong to, so that nothing on the page stands outside one. */
function placeOfPopups(from?: HTMLElement): HTMLElement {
  return from?.closest<HTMLElement>('dialog, main, header') ?? document.body
}

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: 'always',
        retry: (times, error) => !(error instanceof CallProblem) && times < 2,
        retryDelay: (times) => 800 * 2 ** times,
      },
    },
  })
}

/** Everything behind the sign-in: theme, language, what was read, and the pages. One per account. */
export function Application(props: { session: Session; onChanged: () => Promise<void> }) {
  const phone = usePhone()
  const [large] = useLargeType()
  const theme = useMemo(() => themeFor(phone, large), [phone, large])
  const [client] = useState(makeClient)
  const [router] = useState(makeRouter)
  return (
    <SessionContext value={props.session}>
      <ChangedContext value={props.onChanged}>
        <ConfigProvider
          theme={theme}
          locale={zhCN}
          csp={{ nonce }}
          button={{ autoInsertSpace: false }}
          getPopupContainer={placeOfPopups}
        >
          <App component={false}>
            <QueryClientProvider client={client}>
              <RouterProvider router={router} />
            </QueryClientProvider>
          </App>
        </ConfigProvider>
      </ChangedContext>
    </SessionContext>
  )
}
