import { Button, Select } from 'antd'
import { useState } from 'react'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Panel } from '../../../ui/page.tsx'
import { actsFor, useSession } from '../../../ui/session.tsx'
import { sentenceOf } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { cancelEnrolment, type ClassPage, classCandidates, enrolPeople } from '../classes/classes.contract.ts'

/** A branch registers its own people with a class of somebody above it, and takes them back. */
export function Enrolment({ page }: { page: ClassPage }) {
  const own = actsFor(useSession())
  const asked = own ? { query: { organization: own.id, targetGroup: page.targetGroup } } : null
  const candidates = useCall(classCandidates, asked)
  const [chosen, setChosen] = useState<string[]>([])
  const [taking, setTaking] = useState<string | null>(null)
  const enrolling = useSubmit(enrolPeople)
  const cancelling = useSubmit(cancelEnrolment)
  const params = { id: page.id }
  const listed = new Set([...page.people, ...page.waiting].map(({ personId }) => personId))
  const options = (candidates.data?.items ?? [])
    .filter(({ personId }) => !listed.has(personId))
    .map((one) => ({
      value: one.personId,
      label: `${one.name}（${one.organization}${one.trained === 0 ? '，本年未培训' : ''}）`,
    }))
  const register = async () => {
    const reply = await enrolling.submit({ params, body: { personIds: chosen } })
    if (reply) setChosen([])
  }
  return (
    <Panel title="给自己的人报名" note={`到 ${page.registersUntil ?? ''} 截止，名额满了按先后候补`}>
      <div className="training-lines">
        <Select
          mode="multiple"
          aria-label="报名人员"
          placeholder={options.length === 0 ? '没有还可以报名的同志' : '选人'}
          style={{ width: '100%' }}
          value={chosen}
          options={options}
          onChange={setChosen}
          showSearch={{ optionFilterProp: 'label' }}
        />
        {enrolling.error !== null && (
          <p className="training-fault" role="alert">
            {sentenceOf(enrolling.error)}
          </p>
        )}
        <div className="training-acts">
          <Button type="primary" disabled={chosen.length === 0} loading={enrolling.pending} onClick={() => void register()}>
            报名 {chosen.length > 0 && `${chosen.length} 人`}
          </Button>
          {[...page.people, ...page.waiting].map(({ personId, name }) => (
            <Button key={personId} onClick={() => setTaking(personId)}>
              取消{name}
            </Button>
          ))}
        </div>
      </div>
      <ConfirmReason
        open={taking !== null}
        title="取消报名"
        sentence="空出的名额由候补的同志递补。"
        least={2}
        onConfirm={(reason) => cancelling.send({ params, body: { personIds: [taking ?? ''], reason } })}
        onClose={() => setTaking(null)}
      />
    </Panel>
  )
}
