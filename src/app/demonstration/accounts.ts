import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import type { Administrator } from '../../kernel/access/actor.ts'
import { type Role, roles } from '../../modules/directory/grants/roles.contract.ts'
import { giveNumbers, insertRows, span } from './bulk.ts'
import { madeId } from './draw.ts'
import { type MadeCity, shownPeople } from './made-city.ts'
import type { MadeOrganization, MadePerson } from './register.ts'

/** A person with the inner number that the database gave. */
interface Numbered {
  readonly no: number
  readonly name: string
}

interface MadeAccount {
  no: number
  readonly username: string
  readonly name: string
  readonly person: Numbered | null
  readonly administrator: Administrator | null
  readonly grant: { readonly role: Role; readonly at: number } | null
}

type Shown = 'gongwei' | 'lingdao' | 'danwei' | 'jiwei' | 'zhibu' | 'dangyuan' | 'jiancha'

/** Whose accounts are shown, and the inner numbers of the organizations over which they hold their roles. */
interface ShownPlaces {
  readonly people: Readonly<Record<Shown, Numbered>>
  readonly committee: number
  readonly unit: number
  readonly branch: number
}

/** The eleven accounts that sign in to the demonstration, with what each may do and where. */
function signedIn({ people, committee, unit, branch }: ShownPlaces): MadeAccount[] {
  const holder = (username: Shown, role: Role, at: number): MadeAccount => {
    const person = people[username]
    return { no: 0, username, name: person.name, person, administrator: null, grant: { role, at } }
  }
  const keeper = (username: string, name: string, administrator: Administrator): MadeAccount => {
    return { no: 0, username, name, person: null, administrator, grant: null }
  }
  return [
    holder('gongwei', 'committee_officer', committee),
    holder('lingdao', 'unit_leader', unit),
    holder('danwei', 'full_time_deputy', unit),
    holder('jiwei', 'discipline_secretary', unit),
    holder('zhibu', 'branch_secretary', branch),
    holder('dangyuan', 'member', branch),
    holder('jiancha', 'inspector', committee),
    // Another officer than the one who decides, so that an appeal finds its handler.
    {
      no: 0,
      username: 'fuhe',
      name: '工委复核人员',
      person: null,
      administrator: null,
      grant: { role: 'committee_officer', at: committee },
    },
    keeper('xitong', '系统管理员', 'system'),
    keeper('anquan', '安全管理员', 'security'),
    keeper('shenji', '审计管理员', 'audit'),
  ]
}

/** The numbers of the accounts by username, and of whoever records for an organization. */
export interface WrittenAccounts {
  readonly byName: ReadonlyMap<string, number>
  readonly recorderOf: (organization: MadeOrganization) => number
}

/**
 * Writes the eleven accounts with their grants, approved from the first day, and one account for each other branch secretary that
 * nobody can sign in with yet: it stands behind what the branch recorded.
 */
export async function writeAccounts(tx: Tx, city: MadeCity, passwordHash: string): Promise<WrittenAccounts> {
  const people = shownPeople(city)
  const taken = new Set<MadePerson>(Object.values(people))
  const secretaries = city.branches.map((branch) => branch.secretary).filter((person) => !taken.has(person))
  const waiting = [...new Set(secretaries)].map((person, index): MadeAccount => {
    const username = `shuji${String(index + 1).padStart(4, '0')}`
    return { no: 0, username, name: person.name, person, administrator: null, grant: null }
  })
  const [committee, unit, branch] = [city.committee.no, city.units[0]?.organization.no ?? 0, city.shown.organization.no]
  const ten = signedIn({ people, committee, unit, branch })
  await insertAccounts(tx, [...ten, ...waiting], { passwordHash, since: city.since, seed: city.register.seed })
  const accounts = [...ten, ...waiting]
  const byPerson = new Map(accounts.flatMap((account) => (account.person ? [[account.person.no, account.no] as const] : [])))
  return { byName: new Map(accounts.map((account) => [account.username, account.no])), recorderOf: recorders(city, byPerson) }
}

interface Entered {
  readonly passwordHash: string
  readonly since: CivilDate
  readonly seed: string
}

/** Writes the eleven accounts alone. */
export async function writeShownAccounts(tx: Tx, shown: ShownPlaces, entered: Entered): Promise<void> {
  await insertAccounts(tx, signedIn(shown), entered)
}

async function insertAccounts(tx: Tx, accounts: readonly MadeAccount[], { passwordHash, since, seed }: Entered): Promise<void> {
  await giveNumbers(tx, 'directory.accounts', accounts)
  const createdAt = `${since}T08:00:00+08:00`
  await insertRows(
    tx,
    { table: 'directory.accounts', columns: accountColumns },
    accounts.map((account) => {
      const active = account.grant !== null || account.administrator !== null
      return [
        account.no,
        madeId('acc', `${seed}/${account.username}`),
        account.username,
        account.username,
        account.name,
        account.person?.no ?? null,
        account.administrator,
        active ? passwordHash : null,
        active ? createdAt : null,
        active ? 'active' : 'disabled',
        createdAt,
        true,
      ]
    }),
  )
  await writeGrants(tx, accounts, { since, seed })
}

const accountColumns = {
  no: 'bigint',
  id: 'text',
  username: 'text',
  username_key: 'text',
  display_name: 'text',
  person_no: 'bigint',
  administrator: 'text',
  password_hash: 'text',
  password_set_at: 'timestamptz',
  state: 'text',
  created_at: 'timestamptz',
  demonstration: 'boolean',
} as const

async function writeGrants(
  tx: Tx,
  accounts: readonly MadeAccount[],
  { since, seed }: { since: CivilDate; seed: string },
): Promise<void> {
  const columns = {
    id: 'text',
    account_no: 'bigint',
    role: 'text',
    organization_no: 'bigint',
    valid: 'daterange',
    state: 'text',
    proposed_by: 'bigint',
    proposed_at: 'timestamptz',
    decided_by: 'bigint',
    decided_at: 'timestamptz',
    reason: 'text',
  }
  const at = `${since}T08:30:00+08:00`
  const security = accounts.find((account) => account.administrator === 'security')?.no ?? null
  const rows = accounts.flatMap(({ no, grant, username }) => {
    if (!grant) return []
    const reason = `演示数据：${roles[grant.role].name}`
    return [
      [
        madeId('grt', `${seed}/${username}`),
        no,
        grant.role,
        grant.at,
        span(addMonths(since, -1), null),
        'approved',
        security,
        at,
        security,
        at,
        reason,
      ],
    ]
  })
  await insertRows(tx, { table: 'directory.grants', columns }, rows)
  await sql`update directory.grants g set post_no = t.no from directory.accounts a, directory.posts t
    where a.no = g.account_no and t.person_no = a.person_no and t.organization_no = g.organization_no and upper_inf(t.valid)`.execute(
    reading<'directory'>(tx),
  )
}

/** A branch's secretary records for it and its groups; for a unit's bodies the secretary of its second branch, else its first. */
function recorders(city: MadeCity, byPerson: ReadonlyMap<number, number>): WrittenAccounts['recorderOf'] {
  const known = new Map<MadeOrganization, number>()
  const remember = (organization: MadeOrganization | null, person: MadePerson | undefined) => {
    const account = person && byPerson.get(person.no)
    if (organization && account !== undefined) known.set(organization, account)
  }
  remember(city.committee, shownPeople(city).gongwei)
  for (const branch of city.branches) {
    for (const organization of [branch.organization, ...branch.groups]) remember(organization, branch.secretary)
  }
  for (const unit of city.units) {
    const deputy = city.register.posts.find((each) => each.organization === unit.body && each.post === 'full_time_deputy')?.person
    const keeper = deputy && byPerson.has(deputy.no) ? deputy : (unit.branches[1]?.secretary ?? unit.branches[0]?.secretary)
    const bodies = [unit.organization, unit.body, unit.leadingGroup, unit.temporary, ...unit.generalBranches]
    for (const organization of bodies) remember(organization, keeper)
  }
  return (organization) => known.get(organization) ?? 0
}
