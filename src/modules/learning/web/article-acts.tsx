import { Button, Select } from 'antd'
import { useState } from 'react'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { GoButton } from '../../../ui/go.tsx'
import { sentenceOf } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import {
  acceptArticle,
  type ArticlePage,
  articleReviewers,
  assignReviewers,
  publishArticle,
  returnArticle,
  reviewArticle,
  submitArticle,
  withdrawArticle,
} from '../articles/articles.contract.ts'
import './training.css'

interface Props {
  readonly page: ArticlePage
  /** What the author has been shown; null while it is still being looked for. */
  readonly share: number | null
}
type Asked = 'assign' | 'review' | 'return' | 'accept' | 'withdraw' | null

/** What can be done with an article now, by whoever looks at it. */
export function ArticleActs({ page, share }: Props) {
  const [asked, setAsked] = useState<Asked>(null)
  const submitting = useSubmit(submitArticle)
  const publishing = useSubmit(publishArticle)
  const may = (verb: string) => page.abilities.includes(verb)
  const params = { id: page.id }
  const failed = submitting.error ?? publishing.error
  const button = (verb: Exclude<Asked, null>, label: string, main = false) =>
    may(verb) && (
      <Button key={verb} onClick={() => setAsked(verb)} {...(main && { type: 'primary' as const })}>
        {label}
      </Button>
    )
  return (
    <>
      <div className="training-acts">
        {may('submit') && (
          <Button
            type="primary"
            disabled={share === null}
            loading={submitting.pending}
            onClick={() => void submitting.submit({ params, body: { revision: page.revision, shown: share ?? 0 } })}
          >
            看过比对结果，提交
          </Button>
        )}
        {may('correct') && <GoButton to={`/articles/${page.id}/correct`}>修改</GoButton>}
        {button('review', '写评审意见', true)}
        {button('assign', page.state === 'in_review' ? '换评审人' : '送评审', page.state === 'submitted')}
        {button('accept', '定稿')}
        {button('return', '退回修改')}
        {may('publish') && (
          <Button type="primary" loading={publishing.pending} onClick={() => void publishing.submit({ params })}>
            发表
          </Button>
        )}
        {button('withdraw', '撤回')}
      </div>
      {failed !== null && (
        <p className="training-fault" role="alert">
          {sentenceOf(failed)}
        </p>
      )}
      <Reasons page={page} asked={asked} onClose={() => setAsked(null)} />
      <Dialog open={asked === 'assign'} title="送评审" onClose={() => setAsked(null)}>
        {asked === 'assign' && <Assign id={page.id} onDone={() => setAsked(null)} />}
      </Dialog>
      <Dialog open={asked === 'review'} title="写评审意见" onClose={() => setAsked(null)}>
        {asked === 'review' && <Review id={page.id} onDone={() => setAsked(null)} />}
      </Dialog>
    </>
  )
}

function Reasons({ page, asked, onClose }: { page: ArticlePage; asked: Asked; onClose: () => void }) {
  const returning = useSubmit(returnArticle)
  const accepting = useSubmit(acceptArticle)
  const withdrawing = useSubmit(withdrawArticle)
  const params = { id: page.id }
  return (
    <>
      <ConfirmReason
        open={asked === 'return'}
        title="退回修改"
        sentence="作者会看到理由，改好再提交，开始新的一轮。"
        least={2}
        onConfirm={(reason) => returning.send({ params, body: { reason } })}
        onClose={onClose}
      />
      <ConfirmReason
        open={asked === 'accept'}
        title="定稿"
        sentence="本轮两份意见到齐才能定稿；有人要求修改的，写明理由。"
        least={0}
        onConfirm={(reason) => accepting.send({ params, body: { ...(reason && { reason }) } })}
        onClose={onClose}
      />
      <ConfirmReason
        open={asked === 'withdraw'}
        title="撤回文章"
        sentence="撤回后不再计入；文章和理由都留存。"
        least={2}
        onConfirm={(reason) => withdrawing.send({ params, body: { reason } })}
        onClose={onClose}
      />
    </>
  )
}

function Assign({ id, onDone }: { id: string; onDone: () => void }) {
  const [chosen, setChosen] = useState<string[]>([])
  const people = useCall(articleReviewers, { params: { id }, query: {} })
  const sending = useSubmit(assignReviewers)
  const options = (people.data?.items ?? []).map((one) => ({
    value: one.personId,
    label: `${one.name}（${one.conflict ?? one.organization}）`,
    disabled: one.conflict !== null,
  }))
  const send = async () => {
    if (await sending.submit({ params: { id }, body: { personIds: chosen } })) onDone()
  }
  return (
    <div className="training-lines">
      <p>选至少两位与作者不同单位的同志；评审人的姓名不告诉作者。</p>
      <Select
        mode="multiple"
        aria-label="评审人"
        placeholder="选评审人"
        style={{ width: '100%' }}
        getPopupContainer={(element) => element.parentElement ?? document.body}
        value={chosen}
        options={options}
        onChange={setChosen}
        showSearch={{ optionFilterProp: 'label' }}
      />
      {sending.error !== null && (
        <p className="training-fault" role="alert">
          {sentenceOf(sending.error)}
        </p>
      )}
      <Button type="primary" loading={sending.pending} disabled={chosen.length === 0} onClick={() => void send()}>
        送评审
      </Button>
    </div>
  )
}

function Review({ id, onDone }: { id: string; onDone: () => void }) {
  const sending = useSubmit(reviewArticle)
  const form = useFields({ name: 'article-review', schema: reviewArticle.body, initial: {}, draftKey: `article-review:${id}` })
  return (
    <FieldForm
      form={form}
      submitLabel="交意见"
      onSubmit={async (body) => {
        await sending.send({ params: { id }, body })
        onDone()
      }}
    >
      <FormField
        name="opinion"
        control="radio"
        options={[
          { value: 'accept', label: '可以定稿' },
          { value: 'revise', label: '修改后再看' },
        ]}
      />
      <FormField name="text" control="area" />
    </FieldForm>
  )
}
