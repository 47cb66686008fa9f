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

/** What the account may do with the case now, each as a form in place; and why something is not theirs. */
export function CaseActs({ found }: { found: CasePage }) {
  const session = useSession()
  const client = useQueryClient()
  const offered = offeredSteps(found.abilities)
  const [picked, setPicked] = useState<CaseAction | null | undefined>(undefined)
  const [conflict, setConflict] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const first = isTheirs(found, session) && offered.includes('report') ? 'report' : null
  const asked = picked === undefined ? first : picked
  const open = asked !== null && (offered.includes(asked) || conflict) ? asked : null
  const pick = (verb: CaseAction) => {
    setPicked(open === verb ? null : verb)
    setSaid(null)
    setConflict(false)
  }
  const refused = (problem: unknown) => setConflict(problem instanceof CallProblem && problem.status === 409)
  const done = (verb: CaseAction) => {
    setPicked(null)
    setConflict(false)
    setSaid(doneWords[verb])
  }
  const reload = async () => {
    setConflict(false)
    await client.invalidateQueries()
    setSaid('已读取最新情况。刚才填的内容留在这台设备上，这一步能办时还在。')
  }
  const Form = open && forms[open]
  if (offered.length === 0 && found.notices.length === 0 && !said && !Form) return null
  return (
    <div className={styles.noprint}>
      <Panel title="办理">
        <div className={styles.stack}>
          <Said sentence={said} />
          {found.notices.map((notice) => (
            <p key={notice} className={styles.notice}>
              {notice}
            </p>
          ))}
          {(offered.length > 1 || (offered.length === 1 && !open)) && (
            <div className={styles.acts} role="group" aria-label="现在可以办的">
              {offered.map((verb, at) => (
                <Button
                  key={verb}
                  type={at === 0 && !open ? 'primary' : 'default'}
                  aria-expanded={open === verb}
                  onClick={() => pick(verb)}
                >
                  {caseActions[verb]}
                </Button>
              ))}
            </div>
          )}
          {Form && open && (
            // The form appears whole, so that the focus finds its first field.
            <Suspense key={open} fallback={<Loading />}>
              <Form
                found={found}
                focus={picked !== undefined}
                onDone={() => done(open)}
                onRefused={refused}
                more={conflict && <Button onClick={() => void reload()}>看最新情况</Button>}
              />
            </Suspense>
          )}
        </div>
      </Panel>
    </div>
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
