import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** Where a paper lies, and by when it is answered there. */
export interface Station {
  readonly position: number
  readonly organizationNo: number
  readonly arrivedOn: CivilDate
  readonly dueOn: CivilDate | null
}

export async function stationsOf(read: Read, requestNo: number): Promise<Station[]> {
  return reading<'orglife'>(read)
    .selectFrom('orglife.request_stations')
    .select(['position', 'organization_no as organizationNo', 'arrived_on as arrivedOn', 'due_on as dueOn'])
    .where('request_no', '=', requestNo)
    .orderBy('position')
    .execute()
}

/** A paper arrives at an organization: its clock begins. */
export async function arrive(
  work: Work,
  request: { no: number },
  at: { organizationNo: number; dueOn: CivilDate | null },
): Promise<void> {
  const stations = await stationsOf(work.tx, request.no)
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.request_stations')
    .values({
      request_no: request.no,
      position: (stations.at(-1)?.position ?? 0) + 1,
      organization_no: at.organizationNo,
      arrived_on: work.today,
      due_on: at.dueOn,
    })
    .execute()
}

interface StationSet {
  readonly received_on?: CivilDate
  readonly told_on?: CivilDate
  readonly told_until?: CivilDate
  readonly told_reason?: string
  readonly done_on?: CivilDate
  readonly outcome?: 'answered' | 'returned' | 'passed' | 'withdrawn' | 'closed'
}

/** Notes what happened at the last station, if the paper still lies there. */
export async function noteAtStation(work: Work, requestNo: number, set: StationSet): Promise<void> {
  const last = (await stationsOf(work.tx, requestNo)).at(-1)
  if (!last) return
  await writing<'orglife'>(work.tx)
    .updateTable('orglife.request_stations')
    .set(set)
    .where('request_no', '=', requestNo)
    .where('position', '=', last.position)
    .where('done_on', 'is', null)
    .execute()
}
