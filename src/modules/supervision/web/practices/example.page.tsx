import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { useParam } from '../../../../ui/address.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { dimensions } from '../../../rulebook/obligations/obligations.contract.ts'
import * as contract from '../../examples/examples.contract.ts'
import { exampleStates, exampleVerbs } from '../../examples/examples.lifecycle.ts'
import { type RecordAct, RecordActs } from '../records/record-acts.tsx'
import { RecordSteps } from '../records/record-steps.tsx'
import { ExampleLinks } from './example-links.tsx'
import { ExampleTag } from './examples.page.tsx'

const dimensionOptions = Object.entries(dimensions).map(([value, label]) => ({ value, label }))
const reason = { name: 'reason', control: 'area' } as const

function actsOn(found: contract.ExamplePage): RecordAct[] {
  const act = (verb: keyof typeof exampleVerbs, rest: Omit<RecordAct, 'verb' | 'label'>): RecordAct => ({
    verb,
    label: exampleVerbs[verb],
    ...rest,
  })
  const { revision, title, dimension, practice, effect } = found
  return [
    act('propose', {
      endpoint: contract.proposeExample,
      fields: [],
      sentence: '报送后由写的人和报送的人以外的人审核。',
      done: '已报送，等审核。',
    }),
    act('review', {
      endpoint: contract.reviewExample,
      fields: [{ name: 'opinion', control: 'area' }],
      done: '审核通过，待工委在市内发布。',
    }),
    act('publish', {
      endpoint: contract.publishExample,
      fields: [{ ...reason, title: '为什么发布' }],
      sentence: '发布后，本市登录的人都能看到。向社会公开的门户还没有，以后再接。',
      done: '已在市内发布。',
    }),
    act('return', { endpoint: contract.returnExample, fields: [reason], done: '已退回，写的人会收到通知。' }),
    act('amend', {
      endpoint: contract.amendExample,
      fields: [
        { name: 'title' },
        { name: 'dimension', options: dimensionOptions },
        { name: 'practice', control: 'area' },
        { name: 'effect', control: 'area' },
      ],
      initial: { revision, title, dimension, practice, effect },
      done: '已修改，原来的留在经过里。',
    }),
    act('withdraw', { endpoint: contract.withdrawExample, fields: [reason], done: '已撤回。' }),
  ]
}

/** One good practice: how it was done, what came of it, and the records that show it. */
export function ExamplePageWhole() {
  const id = useParam('id')
  const found = useCall(contract.showExample, { params: { id } })
  return (
    <Page title={found.data?.title ?? '好做法'} crumbs={[{ label: '好做法', to: '/examples' }]} narrow>
      <Loaded query={found}>
        {(data) => (
          <>
            <RecordActs
              key={data.revision}
              id={id}
              name="example"
              acts={actsOn(data)}
              abilities={data.abilities}
              notices={data.notices}
            />
            <Panel title="好做法" note={exampleStates[data.state]}>
              <Facts
                items={[
                  { term: '状态', value: <ExampleTag state={data.state} /> },
                  { term: '组织', value: data.organization.name },
                  { term: '方面', value: dimensions[data.dimension] },
                  { term: '发布日期', value: data.publishedOn && inChinese(data.publishedOn) },
                  { term: '做法', value: data.practice, wide: true },
                  { term: '成效', value: data.effect, wide: true },
                ]}
              />
            </Panel>
            <ExampleLinks found={data} />
            {data.steps.length > 0 && <RecordSteps steps={data.steps} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}
