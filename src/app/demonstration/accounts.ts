import type { Tx } from '../../kernel/database/handles.ts'
import { addMonths } from '../../kernel/time/civil-date.ts'
import type { Administrator } from '../../kernel/access/actor.ts'
import { type Role, roles } from '../../modules/directory/grants/roles.contract.ts'
import { giveNumbers, insertRows, span } from './bulk.ts'
import { madeId } from './draw.ts'
import { type MadeCity, shownPeople } from './made-city.ts'
import type { MadeOrganization, MadePerson } from './register.ts'

interface MadeAccount {
  no: number
  readonly username: string
  readonly name: string
  readonly person: MadePerson | null
  readonly administrator: Administrator | null
  readonly grant: { readonly role: Role; readonly at: MadeOrganization } | null
}

/** The ten accounts that sign in to the demonstration, with what each may do and where. */
function signedIn(city: MadeCity): MadeAccount[] {
  const people = shownPeople(city)
  const unit = city.units[0]?.organization ?? city.committee
  const holder = (username: keyof typeof people, role: Role, at: MadeOrganization): MadeAccount => {
    const person = people[username]
    return { no: 0, username, name: person.name, person, administrator: null, grant: { role, at } }
  }
  const keeper = (username: string, name: string, administrator: Administrator): MadeAccount => {
    return { no: 0, username, name, person: null, administrator, grant: null }
  }
  return [
    holder('gongwei', 'committee_officer', city.committee),
    holder('lingdao', 'unit_leader', unit),
    holder('danwei', 'full_time_deputy', unit),
    holder('jiwei', 'discipline_secretary', unit),
    holder('zhibu', 'branch_secretary', city.shown.organization),
    holder('dangyuan', 'member', city.shown.organization),
    holder('jiancha', 'inspector', city.committee),
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
 * Writes the ten accounts with their grants, approved from the first day, and one account for each other branch secretary that
 * nobody can sign in with yet: it stands behind what the branch recorded.
 */
export async function writeAccounts(tx: Tx, city: MadeCity, passwordHash: string): Promise<WrittenAccounts> {
  const ten = signedIn(city)
  const taken = new Set(ten.map((account) => account.person))
  const secretaries = city.branches.map((branch) => branch.secretary).filter((person) => !taken.has(person))
  const waiting = [...new Set(secretaries)].map((person, index): MadeAccount => {
    const username = `shuji${String(index + 1).padStart(4, '0')}`
    return { no: 0, username, name: person.name, person, administrator: null, grant: null }
  })
  const accounts = [...ten, ...waiting]
  await giveNumbers(tx, 'directory.accounts', accounts)
  const createdAt = `${city.since}T08:00:00+08:00`
  await insertRows(
    tx,
    { table: 'directory.accounts', columns: accountColumns },
    accounts.map((account, index) => {
      const active = index < ten.length
      return [
        ...[account.no, madeId('acc', `${city.register.seed}/${account.username}`), account.username, account.username, account.name],
        ...[account.person?.no ?? null, account.administrator, active ? passwordHash : null, active ? createdAt : null],
        ...[active ? 'active' : 'pending', createdAt, true],
      ]
    }),
  )
  await writeGrants(tx, city, ten)
  const byPerson = new Map(accounts.map((account) => [account.person, account.no]))
  return { byName: new Map(accounts.map((account) => [account.username, account.no])), recorderOf: recorders(city, byPerson) }
}

const accountColumns = {
  ...{ no: 'bigint', id: 'text', username: 'text', username_key: 'text', display_name: 'text', person_no: 'bigint', administrator: 'text' },
  ...{ password_hash: 'text', password_set_at: 'timestamptz', state: 'text', created_at: 'timestamptz', demonstration: 'boolean' },
} as const

async function writeGrants(tx: Tx, city: MadeCity, accounts: readonly MadeAccount[]): Promise<void> {
  const columns = {
    ...{ id: 'text', account_no: 'bigint', role: 'text', organization_no: 'bigint', valid: 'daterange', post_no: 'bigint', state: 'text' },
    ...{ proposed_by: 'bigint', proposed_at: 'timestamptz', decided_by: 'bigint', decided_at: 'timestamptz', reason: 'text' },
  }
  const at = `${city.since}T08:30:00+08:00`
  const security = accounts.find((account) => account.administrator === 'security')?.no ?? null
  const rows = accounts.flatMap(({ no, grant, username, person }) => {
    if (!grant) return []
    const post = city.register.posts.find((each) => each.person === person && each.organization === grant.at)
    const id = madeId('grt', `${city.register.seed}/${username}`)
    const reason = `演示数据：${roles[grant.role].name}`
    return [[id, no, grant.role, grant.at.no, span(addMonths(city.since, -1), null), post?.no ?? null, 'approved', security, at, security, at, reason]]
  })
  await insertRows(tx, { table: 'directory.grants', columns }, rows)
}

/** A branch's secretary records for it and its groups; for a unit's bodies the secretary of its second branch, else its first. */
function recorders(city: MadeCity, byPerson: ReadonlyMap<MadePerson | null, number>): WrittenAccounts['recorderOf'] {
  const known = new Map<MadeOrganization, number>()
  const remember = (organization: MadeOrganization | null, person: MadePerson | undefined) => {
    const account = person && byPerson.get(person)
    if (organization && account !== undefined) known.set(organization, account)
  }
  for (const branch of city.branches) {
    for (const organization of [branch.organization, ...branch.groups]) remember(organization, branch.secretary)
  }
  for (const unit of city.units) {
    const deputy = city.register.posts.find((each) => each.organization === unit.body && each.post === 'full_time_deputy')?.person
    const keeper = deputy && byPerson.has(deputy) ? deputy : (unit.branches[1]?.secretary ?? unit.branches[0]?.secretary)
    for (const organization of [unit.organization, unit.body, unit.leadingGroup, unit.temporary]) remember(organization, keeper)
  }
  return (organization) => known.get(organization) ?? 0
}
