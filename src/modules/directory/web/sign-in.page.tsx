import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react'
import { CallProblem, request, Unreachable } from '../../../kernel/http/call.ts'
import './sign-in.css'

export interface SignInProps {
  /** `code` when the password was right and the second factor is still owed. */
  readonly step: 'password' | 'code'
  /** Whose session ended while they worked; what is on the page stays. */
  readonly interrupted: string | null
  readonly onSignedIn: () => Promise<void>
}

interface Options {
  readonly single: { readonly title: string; readonly path: string } | null
  readonly demonstration: boolean
}

/** Signing in, light on purpose: no component library and no schema library is loaded for it. */
export function SignInPage(props: SignInProps) {
  const [step, setStep] = useState(props.step)
  const [username, setUsername] = useState(props.interrupted ?? '')
  const options = useOptions()
  useEffect(() => setStep(props.step), [props.step])
  useEffect(() => {
    document.title = '登录 · 表率'
  }, [])
  return (
    <main className="sign-in">
      <h1>
        <span>表率</span> 机关党建工作管理
      </h1>
      {props.interrupted !== null && <p className="sign-in-note">登录已过期。重新登录后接着做，页面上填写的内容还在。</p>}
      {step === 'password' ? (
        <PasswordStep username={username} onUsername={setUsername} onDone={props.onSignedIn} onCode={() => setStep('code')} />
      ) : (
        <CodeStep onDone={props.onSignedIn} onBack={() => setStep('password')} />
      )}
      {step === 'password' && options?.single && (
        <a className="sign-in-single" href={singleHref(options.single.path)}>
          {options.single.title}
        </a>
      )}
      {step === 'password' && (
        <p className="sign-in-note">
          反映问题不用登录：<a href="/letter">匿名反映</a>
        </p>
      )}
      {options?.demonstration && (
        <p className="sign-in-note">这是演示系统，人和事都是虚构的。演示账号见启动时的提示和使用说明。</p>
      )}
    </main>
  )
}

function useOptions(): Options | null {
  const [options, setOptions] = useState<Options | null>(null)
  useEffect(() => {
    const ended = new AbortController()
    request({ method: 'GET', path: '/api/v1/sign-in-options' }, { signal: ended.signal })
      .then((found) => setOptions(found as Options))
      // Signing in with a password works without knowing the other ways.
      .catch(() => setOptions(null))
    return () => ended.abort()
  }, [])
  return options
}

function singleHref(path: string): string {
  return `${path}?${new URLSearchParams({ return: location.pathname + location.search })}`
}

interface StepProps {
  readonly onDone: () => Promise<void>
}

function PasswordStep(props: StepProps & { username: string; onUsername: (name: string) => void; onCode: () => void }) {
  const [password, setPassword] = useState('')
  const known = useRef(props.username !== '')
  useEffect(() => document.getElementById(known.current ? 'password' : 'username')?.focus(), [])
  const attempt = useAttempt(async () => {
    const reply = await request({ method: 'POST', path: '/api/v1/session', body: { username: props.username.trim(), password } })
    if ((reply as { secondFactor?: string }).secondFactor !== 'required') return props.onDone()
    // Whether a code is asked for or a second factor must first be set up, the account itself tells.
    setPassword('')
    return props.onDone()
  })
  const submit = () => {
    if (!props.username.trim()) return attempt.refuse('username', '请输入用户名。')
    if (!password) return attempt.refuse('password', '请输入密码。')
    return attempt.run()
  }
  return (
    <StepForm name="sign-in" label="登录" attempt={attempt} onSubmit={submit}>
      <Line id="username" label="用户名" attempt={attempt}>
        <input
          id="username"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={60}
          value={props.username}
          aria-invalid={attempt.fault?.field === 'username'}
          aria-describedby="username-error"
          onChange={(event) => props.onUsername(event.target.value)}
        />
      </Line>
      <Line id="password" label="密码" attempt={attempt}>
        <input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
          value={password}
          aria-invalid={attempt.fault?.field === 'password'}
          aria-describedby="password-error"
          onChange={(event) => setPassword(event.target.value)}
        />
      </Line>
    </StepForm>
  )
}

function CodeStep(props: StepProps & { onBack: () => void }) {
  const [code, setCode] = useState('')
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  const attempt = useAttempt(async () => {
    await request({ method: 'POST', path: '/api/v1/session/second-factor', body: { code: code.trim() } })
    await props.onDone()
  })
  const submit = () => {
    if (!/^\d{6}$/.test(code.trim())) return attempt.refuse('code', '动态口令是 6 位数字。')
    return attempt.run()
  }
  return (
    <StepForm name="second-factor" label="确认" attempt={attempt} onSubmit={submit}>
      <Line id="code" label="动态口令" attempt={attempt}>
        <input
          ref={input}
          id="code"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          value={code}
          aria-invalid={attempt.fault?.field === 'code'}
          aria-describedby="code-error"
          onChange={(event) => setCode(event.target.value)}
        />
      </Line>
      <button type="button" className="sign-in-back" onClick={props.onBack}>
        换个账号登录
      </button>
    </StepForm>
  )
}

interface Attempt {
  readonly pending: boolean
  readonly fault: { readonly field: string | null; readonly sentence: string } | null
  readonly refuse: (field: string, sentence: string) => void
  readonly run: () => void
}

function useAttempt(act: () => Promise<void>): Attempt {
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<Attempt['fault']>(null)
  const refuse = (field: string, sentence: string) => {
    setFault({ field, sentence })
    document.getElementById(field)?.focus()
  }
  const run = () => {
    if (pending) return
    setPending(true)
    setFault(null)
    act()
      .catch((error: unknown) => setFault({ field: null, sentence: sentenceOf(error) }))
      .finally(() => setPending(false))
  }
  return { pending, fault, refuse, run }
}

function sentenceOf(error: unknown): string {
  if (error instanceof CallProblem) return error.detail
  if (error instanceof Unreachable) return '没有连上系统。请检查网络后再试，填写的内容还在。'
  return '没有登录成功。请刷新页面再试。'
}

function StepForm(props: { name: string; label: string; attempt: Attempt; onSubmit: () => void; children: ReactNode }) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    props.onSubmit()
  }
  const whole = props.attempt.fault?.field === null ? props.attempt.fault.sentence : null
  return (
    <form name={props.name} noValidate onSubmit={submit}>
      <p className="sign-in-fault" role="alert" hidden={whole === null}>
        {whole}
      </p>
      {props.children}
      <button type="submit" className="sign-in-go" aria-busy={props.attempt.pending}>
        {props.attempt.pending ? '正在核对' : props.label}
      </button>
    </form>
  )
}

function Line(props: { id: string; label: string; attempt: Attempt; children: ReactNode }) {
  const fault = props.attempt.fault?.field === props.id ? props.attempt.fault.sentence : null
  return (
    <div className="sign-in-line">
      <label htmlFor={props.id}>{props.label}</label>
      {props.children}
      <p id={`${props.id}-error`} className="sign-in-error" role="alert">
        {fault}
      </p>
    </div>
  )
}
