import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { dimensions } from '../../../rulebook/obligations/obligations.contract.ts'
import { listLetters, setLetterAside, takeLetter } from '../../problems/letters.contract.ts'
import styles from '../cases.module.css'
import { RecordActs } from '../records/record-acts.tsx'

const acts = [
  {
    verb: 'take',
    label: '采用，写成问题',
    endpoint: takeLetter,
    fields: [{ name: 'title' }, { name: 'description', control: 'area' }],
    sentence: '请用自己的话写，不照抄来信：写法和细节可能让人猜出是谁。被反映的单位只看得到您写的。',
    done: '已列入问题清单。',
  },
  {
    verb: 'set_aside',
    label: '不采用',
    endpoint: setLetterAside,
    fields: [{ name: 'reason', control: 'area' }],
    done: '已放下，理由留存。',
  },
] as const

/** Letters without a sender, sifted by the working committee's officers before anything becomes a problem. */
export function LettersPage() {
  const found = useCall(listLetters, { query: { limit: '100' } })
  return (
    <Page title="匿名来信" crumbs={[{ label: '问题清单', to: '/problems' }]} narrow>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence="没有等着筛看的来信。不登录也能反映问题，地址是本站的 /letter。" />
          ) : (
            items.map((letter) => (
              <Panel
                key={letter.id}
                title={letter.organization.name}
                note={`${dimensions[letter.dimension]} · ${inChinese(letter.toldOn)}`}
              >
                <p className={styles.text}>{letter.body}</p>
                <RecordActs id={letter.id} name="letter" acts={acts} abilities={['take', 'set_aside']} title="筛看" />
              </Panel>
            ))
          )
        }
      </Loaded>
    </Page>
  )
}
