import { Button } from 'antd'
import { useState } from 'react'
import { Dialog } from '../../../ui/dialog.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useAbility } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { Wide } from '../../../ui/wide.tsx'
import {
  addCategory,
  type Category,
  changeCreditingRule,
  type CreditingRule,
  listCategories,
  listCreditingRules,
} from '../categories/categories.contract.ts'
import './training.css'

/** 类别和学时规则: data that the working committee keeps. */
export function TrainingRulesPage() {
  const categories = useCall(listCategories, {})
  const rules = useCall(listCreditingRules, {})
  return (
    <Page title="类别和学时规则" crumbs={[{ label: '学习培训', to: '/training-classes' }]} narrow>
      <div className="training-lines">
        <Loaded query={categories}>{({ items }) => <Categories items={items} />}</Loaded>
        <Loaded query={rules}>{({ items }) => <Rules items={items} />}</Loaded>
      </div>
    </Page>
  )
}

function Categories({ items }: { items: readonly Category[] }) {
  const mayAdd = useAbility('learning.category.add')
  const sending = useSubmit(addCategory)
  const form = useFields({ name: 'training-category', schema: addCategory.body, initial: { politicalTheory: false } })
  return (
    <Panel title={`课程类别 ${items.length} 个`} note="是否算政治理论，添加后不能改，以免从前的比重变动">
      <table className="training-table">
        <tbody>
          {items.map((one) => (
            <tr key={one.code}>
              <td>{one.title}</td>
              <td>{one.politicalTheory ? '算政治理论' : '不算政治理论'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {mayAdd && (
        <details>
          <summary>添加类别</summary>
          <FieldForm
            form={form}
            submitLabel="添加"
            onSubmit={async (body) => {
              await sending.send({ body })
              form.change({ code: '', title: '', politicalTheory: false })
            }}
          >
            <FormField name="title" />
            <FormField name="code" help="小写字母、数字和下划线，如 party_history" />
            <FormField name="politicalTheory" placeholder="计入政治理论的七成" />
          </FieldForm>
        </details>
      )}
    </Panel>
  )
}

function Rules({ items }: { items: readonly CreditingRule[] }) {
  const mayChange = useAbility('learning.crediting_rule.change')
  const [about, setAbout] = useState<CreditingRule | null>(null)
  return (
    <Panel title="学时规则" note="改了只管以后，已计入的学时不变">
      <Wide label="培训规定">
        <table className="training-table">
          <tbody>
            {items.map((one) => (
              <tr key={one.code}>
                <td>{one.title}</td>
                <td className="number">{inWords(one)}</td>
                <td>
                  <StatusTag tone={one.enabled ? 'done' : 'none'}>{one.enabled ? '启用' : '未启用'}</StatusTag>
                </td>
                <td>{one.reason ?? ''}</td>
                {mayChange && (
                  <td>
                    <Button size="small" aria-label={`改规则：${one.title}`} onClick={() => setAbout(one)}>
                      改
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      <Dialog open={about !== null} title={about?.title ?? ''} onClose={() => setAbout(null)}>
        {about && <ChangeRule key={about.code} rule={about} onDone={() => setAbout(null)} />}
      </Dialog>
    </Panel>
  )
}

/** `0.1428` is a seventh to those who wrote the rule: a share is said as a percentage. */
const inWords = ({ unit, value }: CreditingRule) => (unit === '比例' ? `${Math.round(value * 1000) / 10}%` : `${value} ${unit}`)

function ChangeRule({ rule, onDone }: { rule: CreditingRule; onDone: () => void }) {
  const sending = useSubmit(changeCreditingRule)
  const initial = { value: rule.value, enabled: rule.enabled }
  const form = useFields({ name: 'crediting-rule', schema: changeCreditingRule.body, initial })
  return (
    <FieldForm
      form={form}
      submitLabel="改规则"
      onSubmit={async (body) => {
        await sending.send({ params: { code: rule.code }, body })
        onDone()
      }}
    >
      <FormField name="value" help={rule.unit === '比例' ? '填小数，七分之一填 0.1428' : `单位：${rule.unit}`} />
      <FormField name="enabled" placeholder="启用这条规则" />
      <FormField name="reason" />
    </FieldForm>
  )
}
