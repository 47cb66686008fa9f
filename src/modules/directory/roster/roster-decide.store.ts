import { newId } from '../../../kernel/identity/ids.ts'
import type { CryptoProvider } from '../../../kernel/crypto/provider.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { idNumberIndex, nameColumns, sealField } from '../persons/persons.store.ts'
import { mayKeepFile, standingOf } from '../persons/standing.rules.ts'
import type { RosterKey, RosterPerson } from './roster-columns.contract.ts'
import type { RosterRead } from './roster-row.rules.ts'
import { comparedName, type KnownPerson, openedField, type RosterPlace } from './roster-match.store.ts'

/** A row as it was read; without a person when it has faults in itself and is only searched for more of them. */
export interface RosterRow {
  readonly row: number
  readonly read: RosterRead
  readonly person: RosterPerson | null
}

type SoundRow = RosterRow & { readonly person: RosterPerson }

/** A fault that only the database can tell. */
export interface PlacedFault {
  readonly row: number
  readonly key: RosterKey
  readonly message: string
}

/** Columns of a person as a roster writes them; ready for the database. */
export interface RosterColumns {
  readonly name: string
  readonly pinyin: string
  readonly initials: string
  readonly sex: string | null
  readonly birth_on: string | null
  readonly ethnicity: string | null
  readonly education: string | null
  readonly category: string
  readonly job: string | null
  readonly joined_on: string | null
  readonly full_since: string | null
  readonly membership_state: string
  readonly is_lost: boolean
  readonly is_mobile: boolean
  readonly phone_cipher: string | null
  readonly landline_cipher: string | null
  readonly address_cipher: string | null
}

export interface CreatedRow extends RosterColumns {
  readonly row_number: number
  readonly id: string
  readonly home_no: number
  readonly standing: string
  readonly since: CivilDate
  readonly id_number_cipher: string | null
  readonly id_number_index: string
}

export interface ChangedRow extends RosterColumns {
  readonly row_number: number
  readonly no: number
  readonly revision: number
  readonly home_no: number
  readonly home_before: number
  readonly standing: string
}

export interface Decided {
  readonly faults: PlacedFault[]
  /** Rows ready to be written; empty while a file is only checked. */
  readonly created: CreatedRow[]
  readonly changed: ChangedRow[]
  create: number
  change: number
  unchanged: number
}

/** What rows are decided by. */
export interface DecisionFrame {
  readonly crypto: CryptoProvider
  readonly today: CivilDate
  readonly places: ReadonlyMap<string, readonly RosterPlace[]>
  readonly known: ReadonlyMap<string, KnownPerson>
  /** Columns that the file has; what it has not is left as it is. */
  readonly has: ReadonlySet<RosterKey>
  /** False while a file is only checked: what is written is then only counted. */
  readonly writes: boolean
}

function placeFor({ branch, category }: RosterRead, places: DecisionFrame['places']): RosterPlace | string | null {
  if (branch === undefined) return null
  const found = places.get(comparedName(branch)) ?? []
  if (found.length === 0) return `在导入的组织之下没有找到“${branch}”。请按系统中的名称填写，或先设立这个组织。`
  if (found.length > 1) return `有 ${found.length} 个组织都叫“${branch}”。请先给它们起不同的名称或简称。`
  const [place] = found
  if (!place) return null
  if (category !== undefined && !mayKeepFile(place.kind, category)) return '党员和申请入党的人请填所在党支部，不能直接编入单位。'
  return place
}

/** The first roster of an organization stands from the time somebody can have belonged there; later newcomers from today. */
function sinceFor(place: RosterPlace, person: RosterPerson, today: CivilDate): CivilDate {
  if (!place.empty) return today
  const from = person.joinedOn && person.joinedOn > place.establishedOn ? person.joinedOn : place.establishedOn
  return from > today ? today : from
}

function created({ row, person }: SoundRow, place: RosterPlace, frame: DecisionFrame): CreatedRow {
  const { crypto, today } = frame
  const id = newId('per')
  const seal = (field: 'idNumber' | 'phone' | 'landline' | 'address') =>
    sealField(crypto, field, { personId: id, value: person[field] })
  return {
    row_number: row,
    id,
    home_no: place.no,
    standing: standingOf(person.category),
    since: sinceFor(place, person, today),
    ...nameColumns(person.name),
    sex: person.sex,
    birth_on: person.birthOn,
    ethnicity: person.ethnicity,
    education: person.education,
    category: person.category,
    job: person.job,
    joined_on: person.joinedOn,
    full_since: person.fullSince,
    membership_state: person.membershipState ?? 'none',
    is_lost: person.isLost,
    is_mobile: person.isMobile,
    id_number_cipher: seal('idNumber'),
    id_number_index: idNumberIndex(crypto, person.idNumber),
    phone_cipher: seal('phone'),
    landline_cipher: seal('landline'),
    address_cipher: seal('address'),
  }
}

/** Nobody but a member has a state of membership; a file without the column leaves a member's as it is. */
function stateOf(person: RosterPerson, known: KnownPerson, has: DecisionFrame['has']): string {
  if (person.membershipState === null) return 'none'
  return has.has('membershipState') || known.membership_state === 'none' ? person.membershipState : known.membership_state
}

/** What the roster says over what is known; what it leaves open stays. */
function merged(person: RosterPerson, known: KnownPerson, frame: DecisionFrame): Omit<RosterColumns, 'pinyin' | 'initials'> {
  const { crypto, has } = frame
  const resealed = (field: 'phone' | 'landline' | 'address') => {
    const sealed = known[`${field}_cipher`]
    const said = person[field]
    if (said === null || said === openedField(crypto, field, { personId: known.id, sealed })) return sealed
    return sealField(crypto, field, { personId: known.id, value: said })
  }
  return {
    name: person.name,
    sex: person.sex,
    birth_on: person.birthOn,
    ethnicity: person.ethnicity ?? known.ethnicity,
    education: person.education ?? known.education,
    category: person.category,
    job: person.job ?? known.job,
    joined_on: person.joinedOn ?? known.joined_on,
    full_since: person.fullSince ?? known.full_since,
    membership_state: stateOf(person, known, has),
    is_lost: has.has('isLost') ? person.isLost : known.is_lost,
    is_mobile: has.has('isMobile') ? person.isMobile : known.is_mobile,
    phone_cipher: resealed('phone'),
    landline_cipher: resealed('landline'),
    address_cipher: resealed('address'),
  }
}

const compared = [
  'name',
  'sex',
  'birth_on',
  'ethnicity',
  'education',
  'category',
  'job',
  'joined_on',
  'full_since',
  'membership_state',
  'is_lost',
  'is_mobile',
  'phone_cipher',
  'landline_cipher',
  'address_cipher',
] as const

/** What the database has against a row, all of it at once. */
function faultsOf(row: number, place: RosterPlace | string | null, known: KnownPerson | undefined): PlacedFault[] {
  const faults: PlacedFault[] = []
  if (typeof place === 'string') faults.push({ row, key: 'branch', message: place })
  if (!known) return faults
  if (!known.within) {
    const message = '这个身份号码已在册，且不在本次导入的组织之内。请办理组织关系转接，不要重复登记。'
    faults.push({ row, key: 'idNumber', message })
  } else if (known.serves && place !== null && typeof place !== 'string' && known.homeNo !== place.no) {
    faults.push({ row, key: 'branch', message: '此人在原支部任职。请先登记免职，再改编支部。' })
  }
  return faults
}

function decideKnown(
  into: Decided,
  { row, person }: SoundRow,
  at: { known: KnownPerson; place: RosterPlace; frame: DecisionFrame },
): void {
  const { known, place, frame } = at
  const moves = known.homeNo !== place.no
  const columns = merged(person, known, frame)
  if (!moves && compared.every((column) => columns[column] === known[column])) {
    into.unchanged += 1
    return
  }
  into.change += 1
  if (!frame.writes) return
  const { no, revision, homeNo } = known
  const standing = standingOf(person.category)
  into.changed.push({
    row_number: row,
    no,
    revision,
    home_no: place.no,
    home_before: homeNo,
    standing,
    ...columns,
    ...nameColumns(person.name),
  })
}

/** Decides what becomes of each row: entered, changed, left as it is, or refused with what to do. */
export function decideRows(rows: readonly RosterRow[], frame: DecisionFrame): Decided {
  const decided: Decided = { faults: [], created: [], changed: [], create: 0, change: 0, unchanged: 0 }
  for (const { row, read, person } of rows) {
    const place = placeFor(read, frame.places)
    const known = read.idNumber === undefined ? undefined : frame.known.get(idNumberIndex(frame.crypto, read.idNumber))
    const faults = faultsOf(row, place, known)
    decided.faults.push(...faults)
    if (faults.length > 0 || !person || place === null || typeof place === 'string') continue
    if (known) {
      decideKnown(decided, { row, read, person }, { known, place, frame })
      continue
    }
    decided.create += 1
    if (frame.writes) decided.created.push(created({ row, read, person }, place, frame))
  }
  return decided
}
