import { sql } from 'kysely'
import type { CryptoProvider } from '../../kernel/crypto/provider.ts'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addDays, addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import { sealClue } from '../../modules/supervision/index.ts'

interface Seeded {
  readonly unitNo: number
  readonly branchNo: number | null
  readonly today: CivilDate
  /** Accounts that entered the project and received the clue, and the one whose person supervises. */
  readonly deputy: number
  readonly discipline: number
  readonly supervisor: number
  readonly crypto: CryptoProvider
}

const name = '政务服务大厅改造（演示）'

/** A key project of the first unit with its temporary branch, and a clue from it that the unit's discipline secretary alone sees. */
export async function superviseDemonstration(tx: Tx, is: Seeded): Promise<void> {
  const begun = addMonths(is.today, -4)
  const { rows } = await sql<{ no: number }>`with k as (
      insert into supervision.key_projects (id, revision, state, kind, name, about, risks, organization_no, starts_on, ends_on, branch_no, entered_on, entered_by)
      values ('kpj_demonstration1', 2, 'running', 'project', ${name}, '改造一楼大厅和窗口，增设自助办理区。（演示）', '设备采购、工程变更签证', ${is.unitNo},
        ${begun}::date, ${addMonths(is.today, 5)}::date, ${is.branchNo}, ${begun}::date, ${is.deputy}) returning no),
    p as (insert into supervision.key_project_people (project_no, person_no, part)
      select k.no, a.person_no, case when a.no = ${is.discipline} then 'discipline' else 'supervisor' end from k, directory.accounts a
      where a.no in (${is.supervisor}, ${is.discipline}) and a.person_no is not null),
    s as (insert into supervision.record_steps (kind, record_no, revision, action, state, body, signed_as, acted_at, acted_by)
      select 'key_project', k.no, v.revision, v.action, v.state, v.body::jsonb, '专职副书记', (${begun}::date + time '10:00') at time zone 'Asia/Shanghai', ${is.deputy}::bigint
      from k, (values (1, 'enter', 'planned', ${JSON.stringify({ name, kind: '重点工程' })}), (2, 'start', 'running', '{}')) as v (revision, action, state, body))
    select no from k`.execute(reading<'supervision'>(tx))
  await clueFromIt(tx, is, rows[0]?.no ?? 0)
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
