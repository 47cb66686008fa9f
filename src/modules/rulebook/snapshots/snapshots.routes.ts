import { setTimeout as pause } from 'node:timers/promises'
import { Problem } from '../../../kernel/errors/problem.ts'
import { fileStore } from '../../../kernel/files/file-store.ts'
import { type Call, downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { differencesOf } from './differences.queries.ts'
import { previewOf } from './preview.queries.ts'
import { fileOfSeal, noticeFor, sealChecked, sealsFor } from './seals.queries.ts'
import { freezePeriodAction, replaySnapshotAction, supersedeSnapshotAction } from './snapshots.actions.ts'
import {
  auditSeal,
  checkSeal,
  downloadSnapshot,
  freezePeriod,
  frozenNotice,
  listDifferences,
  listSeals,
  listSnapshots,
  previewSnapshot,
  showReplay,
  showSnapshot,
  startReplay,
  supersedeSnapshot,
} from './snapshots.contract.ts'
import './snapshots.policy.ts'
import { replayOf, snapshotsFor, snapshotShown } from './snapshots.queries.ts'

type Asked = Pick<Call<{ id: string }, unknown, unknown>, 'params' | 'read'>
const checked = async ({ params, read }: Asked) => sealChecked(params.id, await read((db) => fileOfSeal(db, params.id)))

export const snapshotsRoutes: readonly Route[] = [
  route(listSnapshots, {
    permission: 'rulebook.snapshot.read',
    handle: ({ query, read }) => read((db) => snapshotsFor(db, query)),
  }),
  route(previewSnapshot, {
    permission: 'rulebook.snapshot.freeze',
    handle: ({ query, read, platform }) => read((db) => previewOf(db, query, platform.clock.today())),
  }),
  route(freezePeriod, {
    permission: 'rulebook.snapshot.freeze',
    handle: ({ body, perform }) => perform(freezePeriodAction, body),
  }),
  route(showSnapshot, {
    permission: 'rulebook.snapshot.read',
    handle: ({ params, read, actor }) => read((db) => snapshotShown(db, params.id, actor)),
  }),
  route(supersedeSnapshot, {
    permission: 'rulebook.snapshot.supersede',
    handle: ({ params, body, perform }) => perform(supersedeSnapshotAction, { ...params, ...body }),
  }),
  route(showReplay, {
    permission: 'rulebook.snapshot.read',
    // Reading never starts work; whoever wants to wait for a running replay says how long.
    handle: async ({ params, query, read }) => {
      const until = Date.now() + query.wait * 1_000
      let found = await read((db) => replayOf(db, params.id))
      while (found.state === 'running' && Date.now() < until) {
        await pause(250)
        found = await read((db) => replayOf(db, params.id))
      }
      return found
    },
  }),
  route(startReplay, {
    permission: 'rulebook.snapshot.replay',
    handle: ({ params, perform }) => perform(replaySnapshotAction, params),
  }),
  downloadRoute(downloadSnapshot, {
    permission: 'rulebook.snapshot.download',
    handle: async ({ params, read, actor }) => {
      const found = await read((db) => snapshotShown(db, params.id, actor))
      if (found.fileSha256 === null) throw new Problem('rulebook.not_yet_frozen')
      if (!found.abilities.includes('download')) throw new Problem('rulebook.snapshot_not_found')
      return {
        name: `${found.organization.name} ${found.period} 冻结.ndjson`,
        mediaType: 'application/x-ndjson',
        stream: await fileStore().get(found.fileSha256),
      }
    },
  }),
  route(listDifferences, {
    permission: 'rulebook.snapshot.read',
    handle: ({ params, query, read }) => read((db) => differencesOf(db, params.id, query)),
  }),
  route(listSeals, {
    permission: 'rulebook.snapshot.audit_seal',
    handle: ({ query, read }) => read((db) => sealsFor(db, query)),
  }),
  route(checkSeal, { permission: 'rulebook.snapshot.read', handle: checked }),
  route(auditSeal, { permission: 'rulebook.snapshot.audit_seal', handle: checked }),
  route(frozenNotice, {
    permission: 'rulebook.snapshot.read',
    handle: ({ query, read }) => read((db) => noticeFor(db, query)),
  }),
]
