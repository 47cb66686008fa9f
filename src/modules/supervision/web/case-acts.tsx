import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Suspense, useEffect, useRef, useState } from 'react'
import { CallProblem } from '../../../kernel/http/call.ts'
import { Panel } from '../../../ui/page.tsx'
import { type Session, useSession } from '../../../ui/session.tsx'
import { Loading } from '../../../ui/states.tsx'
import type { CasePage } from '../cases/cases.contract.ts'
import { type CaseAction, caseActions } from '../cases/cases.lifecycle.ts'
import { forms } from './case-forms.tsx'
import { doneWords, offeredSteps } from './case-words.rules.ts'
import styles from './cases.module.css'

/** True for whoever is to report: the owner, or who keeps the organization itself. */
function isTheirs(found: CasePage, session: Session): boolean {
  if (found.owner) return found.owner.id === session.person?.id
  return session.organizations.some((organization) => organization.id === found.organization.id)
}

/** Which step's form is open, and what came of the last one. */
function useSteps(found: CasePage) {
  const session = useSession()
  const client = useQueryClient()
  const offered = offeredSteps(found.abilities)
  const [picked, setPicked] = useState<CaseAction | null | undefined>(undefined)
  const [conflict, setConflict] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const first = isTheirs(found, session) && offered.includes('report') ? 'report' : null
  const asked = picked === undefined ? first : picked
  // After a conflict the form stays with what was typed, although the step is no longer offered.
  const open = asked !== null && (offered.includes(asked) || conflict) ? asked : null
  const settle = (verb: CaseAction | null, sentence: string | null) => {
    setPicked(verb)
    setConflict(false)
    setSaid(sentence)
  }
  return {
    offered,
    open,
    conflict,
    said,
    askedFor: picked !== undefined,
    pick: (verb: CaseAction) => settle(open === verb ? null : verb, null),
    done: (verb: CaseAction) => settle(null, doneWords[verb]),
    refused: (problem: unknown) => setConflict(problem instanceof CallProblem && problem.status === 409),
    reload: async () => {
      await client.invalidateQueries()
      settle(null, '已读取最新情况。刚才填的内容留在这台设备上，这一步能办时还在。')
    },
  }
}

type Steps = ReturnType<typeof useSteps>

/** What the account may do with the case now, each as a form in place; and why something is not theirs. */
export function CaseActs({ found }: { found: CasePage }) {
  const steps = useSteps(found)
  const nothing = steps.offered.length === 0 && found.notices.length === 0 && steps.said === null && steps.open === null
  if (nothing) return null
  return (
    <div className={steps.open ? `${styles.noprint} ${styles.withForm}` : styles.noprint}>
      <Panel title="办理">
        <div className={styles.stack}>
          <Said sentence={steps.said} />
          {found.notices.map((notice) => (
            <p key={notice} className={styles.notice}>
              {notice}
            </p>
          ))}
          <Choices steps={steps} />
          <OpenForm steps={steps} found={found} />
        </div>
      </Panel>
    </div>
  )
}

/** The steps as buttons, the likeliest first; left out where the only one stands open already. */
function Choices({ steps }: { steps: Steps }) {
  const { offered, open } = steps
  if (offered.length === 0 || (offered.length === 1 && open !== null)) return null
  return (
    <div className={styles.acts} role="group" aria-label="现在可以办的">
      {offered.map((verb, at) => (
        <Button
          key={verb}
          type={at === 0 && !open ? 'primary' : 'default'}
          aria-expanded={open === verb}
          onClick={() => steps.pick(verb)}
        >
          {caseActions[verb]}
        </Button>
      ))}
    </div>
  )
}

/** The form of the step that was picked. It appears whole, so that the focus finds its first field. */
function OpenForm({ steps, found }: { steps: Steps; found: CasePage }) {
  const { open } = steps
  if (open === null) return null
  const Form = forms[open]
  return (
    <Suspense key={open} fallback={<Loading />}>
      <Form
        found={found}
        focus={steps.askedFor}
        onDone={() => steps.done(open)}
        onRefused={steps.refused}
        more={steps.conflict && <Button onClick={() => void steps.reload()}>看最新情况</Button>}
      />
    </Suspense>
  )
}

/** What has just been done; takes the focus, because the form that had it is gone. */
function Said({ sentence }: { sentence: string | null }) {
  const element = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (sentence) element.current?.focus()
  }, [sentence])
  return (
    <p ref={element} className={styles.said} role="status" tabIndex={-1} hidden={!sentence}>
      {sentence}
    </p>
  )
}
