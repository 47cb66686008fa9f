import { sql } from 'kysely'
import type { CryptoProvider } from '../../kernel/crypto/provider.ts'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addDays, addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import { sealClue } from '../../modules/supervision/index.ts'

interface Seeded {
  readonly unitNo: number
  /** A temporary branch of the city, and the unit it stands in. */
  readonly temporary: { readonly unitNo: number; readonly no: number } | null
  readonly today: CivilDate
  /** Accounts that enter projects and receive the clue, and those whose persons supervise. */
  readonly deputy: number
  readonly discipline: number
  readonly supervisor: number
  readonly officer: number
  readonly crypto: CryptoProvider
}

interface MadeProject {
  readonly id: string
  readonly name: string
  readonly about: string
  readonly unitNo: number
  readonly branchNo: number | null
  readonly enteredBy: number
  readonly signedAs: string
  readonly people: readonly number[]
}

function projectsOf(is: Seeded): MadeProject[] {
  const first: MadeProject = {
    id: 'kpj_demonstration1',
    name: '政务服务大厅改造（演示）',
    about: '改造一楼大厅和窗口，增设自助办理区。（演示）',
    unitNo: is.unitNo,
    branchNo: null,
    enteredBy: is.deputy,
    signedAs: '专职副书记',
    people: [is.supervisor, is.discipline],
  }
  if (!is.temporary) return [first]
  const { unitNo, no: branchNo } = is.temporary
  const by = { enteredBy: is.officer, signedAs: '工委工作人员', people: [is.officer] }
  const about = '示范项目，党员在项目上的临时党支部参加活动。（演示）'
  return [first, { id: 'kpj_demonstration2', name: '示范项目建设（演示）', about, unitNo, branchNo, ...by }]
}

/** Key projects, one of them with the city's temporary branch, and a clue that a unit's discipline secretary alone sees. */
export async function superviseDemonstration(tx: Tx, is: Seeded): Promise<void> {
  const [begun, ends] = [addMonths(is.today, -4), addMonths(is.today, 5)]
  const nos: number[] = []
  for (const one of projectsOf(is)) {
    const body = JSON.stringify({ name: one.name, kind: '重点工程' })
    const { rows } = await sql<{ no: number }>`with k as (
        insert into supervision.key_projects (id, revision, state, kind, name, about, risks, organization_no, starts_on, ends_on, branch_no, entered_on, entered_by)
        values (${one.id}, 2, 'running', 'project', ${one.name}, ${one.about}, '设备采购、工程变更签证', ${one.unitNo}, ${begun}::date, ${ends}::date,
          ${one.branchNo}, ${begun}::date, ${one.enteredBy}) returning no),
      p as (insert into supervision.key_project_people (project_no, person_no, part)
        select k.no, a.person_no, case when a.no = ${is.discipline} then 'discipline' else 'supervisor' end from k, directory.accounts a
        where a.no = any (${`{${one.people.join(',')}}`}::bigint[]) and a.person_no is not null),
      s as (insert into supervision.record_steps (kind, record_no, revision, action, state, body, signed_as, acted_at, acted_by)
        select 'key_project', k.no, v.revision, v.action, v.state, v.body::jsonb, ${one.signedAs},
          (${begun}::date + time '10:00') at time zone 'Asia/Shanghai', ${one.enteredBy}::bigint
        from k, (values (1, 'enter', 'planned', ${body}), (2, 'start', 'running', '{}')) as v (revision, action, state, body))
      select no from k`.execute(reading<'supervision'>(tx))
    nos.push(rows[0]?.no ?? 0)
  }
  await clueFromIt(tx, is, nos[0] ?? 0)
}

async function clueFromIt(tx: Tx, is: Seeded, projectNo: number): Promise<void> {
  const id = 'clu_demonstration1'
  const on = addDays(is.today, -3)
  const sealed = sealClue(is.crypto, id, {
    title: '设备采购疑似指定品牌（演示）',
    matter: '有人反映招标文件的参数照着一家公司的产品写。这是演示，不是真事。',
  })
  await sql`with c as (
      insert into supervision.clues (id, revision, state, organization_no, handled_by_no, source, key_project_no, title_cipher, matter_cipher, received_on,
        received_by, assess_by)
      values (${id}, 1, 'received', ${is.unitNo}, ${is.unitNo}, 'key_project', ${projectNo}, ${sealed.title}, ${sealed.matter}, ${on}::date,
        ${is.discipline}, ${addDays(is.today, 18)}::date) returning no)
    insert into supervision.clue_steps (clue_no, revision, action, state, words_cipher, signed_as, acted_at, acted_by)
    select no, 1, 'receive', 'received', ${sealed.firstStep}, '纪委书记', (${on}::date + time '09:00') at time zone 'Asia/Shanghai', ${is.discipline}::bigint
    from c`.execute(reading<'supervision'>(tx))
}
