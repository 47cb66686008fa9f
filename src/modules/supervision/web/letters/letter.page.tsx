import { useEffect, useState } from 'react'
import { dimensions } from '../../../rulebook/obligations/obligations.contract.ts'
import './letter.css'

interface Unit {
  readonly id: string
  readonly name: string
}

/** Sent without cookies and without anything that would tell two letters of one sender together. */
async function ask<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(path, {
    method,
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const read = (await answer.json()) as Answer & { detail?: string; errors?: { message: string }[] }
  if (!answer.ok) throw new Error(read.errors?.[0]?.message ?? read.detail ?? '没有提交成功，请稍后再试。')
  return read
}

const path = '/api/v1/problem-letters'

/** 匿名反映: no account, no cookie, nothing kept on the device. Says plainly what is promised and what is not. */
export function LetterPage() {
  const [units, setUnits] = useState<readonly Unit[]>([])
  const [sent, setSent] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    document.title = '匿名反映问题 · 表率'
    ask<{ items: Unit[] }>('GET', `${path}/units`)
      .then(({ items }) => setUnits(items))
      .catch(() => setFault('单位没有读出来，请刷新页面再试。'))
  }, [])
  const send = async (letter: unknown) => {
    setFault(null)
    await ask('POST', path, letter)
      .then(() => setSent(true))
      .catch((error: unknown) =>
        setFault(error instanceof TypeError ? '没有连上，请稍后再试。写的内容还在。' : String((error as Error).message)),
      )
  }
  return (
    <main className="letter">
      <h1>匿名反映问题</h1>
      <Promises />
      {fault && (
        <p className="letter-fault" role="alert">
          {fault}
        </p>
      )}
      {sent ? (
        <p role="status">已经收到。没有回执，也不能查询进度；采用的会列入问题清单整改。需要再反映，请刷新页面。</p>
      ) : (
        <LetterForm units={units} onSend={send} />
      )}
      <p>
        <a href="/">登录</a>
      </p>
    </main>
  )
}

function Promises() {
  return (
    <section aria-label="保护您的和做不到的">
      <h2>我们做到的</h2>
      <ul>
        <li>不用登录，不用姓名和电话，不放 Cookie；登录着提交，也不看您是谁。</li>
        <li>只保存四样：反映的单位、方面、您写的内容、哪一天。不保存几点几分、网络地址、设备和先后次序。</li>
        <li>只有市直机关工委的工作人员看得到原信；被反映的单位看到的，是工作人员另写的问题。</li>
      </ul>
      <h2>我们做不到的</h2>
      <ul>
        <li>您写的内容如果只有您知道，别人可能猜出是您。请不要写能认出自己的细节。</li>
        <li>单位的网络、您的浏览器和本系统前面的网络设备，可能另有上网记录，本系统管不到。请不要用单位的电脑和网络。</li>
        <li>为防止滥发，程序运行时按网络地址数一数次数，只在内存里，一小时后忘掉。</li>
        <li>没有回执，我们找不到您，也不能告诉您结果。</li>
      </ul>
    </section>
  )
}

function LetterForm({ units, onSend }: { units: readonly Unit[]; onSend: (letter: unknown) => Promise<void> }) {
  const [busy, setBusy] = useState(false)
  return (
    <form
      name="letter"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        const said = new FormData(event.currentTarget)
        setBusy(true)
        void onSend(Object.fromEntries(['organizationId', 'dimension', 'body'].map((key) => [key, said.get(key)]))).finally(() =>
          setBusy(false),
        )
      }}
    >
      <label htmlFor="letter-unit">反映哪个单位</label>
      <select id="letter-unit" name="organizationId" required defaultValue="">
        <option value="" disabled>
          请选择
        </option>
        {units.map((unit) => (
          <option key={unit.id} value={unit.id}>
            {unit.name}
          </option>
        ))}
      </select>
      <label htmlFor="letter-dimension">哪个方面</label>
      <select id="letter-dimension" name="dimension" required defaultValue="">
        <option value="" disabled>
          请选择
        </option>
        {Object.entries(dimensions).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <label htmlFor="letter-body">反映的问题</label>
      <textarea id="letter-body" name="body" required maxLength={4000} rows={8} />
      <button type="submit" disabled={busy}>
        提交
      </button>
    </form>
  )
}
