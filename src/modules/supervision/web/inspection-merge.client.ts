import { z } from 'zod'
import { call, CallProblem, request } from '../../../kernel/http/call.ts'
import { changeKit } from '../../../ui/offline-store.ts'
import { recordFinding } from '../inspections/findings.contract.ts'
import { answerLines, showInspection, signInspection, startInspection } from '../inspections/inspections.contract.ts'
import { type Kit, type KitFinding, marked, refreshed, standstillOf } from '../inspections/kit.rules.ts'

type Change = (kit: Kit) => Kit
const kept = (id: string, change: Change) => changeKit<Kit>(id, (kit) => (kit ? marked(change(kit)) : null))
const uploaded = z.object({ id: z.string() })

/** What the system refuses is told in its words and stays on the device; that it does not answer goes up to the caller. */
async function unlessRefused(act: () => Promise<void>, refused: (sentence: string) => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof CallProblem) || error.status === 401 || error.status >= 500) throw error
    await refused(error.detail)
  }
}

const stop = (kit: Kit, sentence: string) =>
  kept(kit.id, (now) => ({ ...now, standstill: { state: now.page.state, sentence, resumable: false } }))

async function sendStart(kit: Kit): Promise<void> {
  if (kit.startedAt === undefined || kit.startSent) return
  // A colleague has started it: what this device wanted has come about.
  if (kit.page.state === 'planned' || kit.page.state === 'announced') {
    const asked = { params: { id: kit.id }, body: { startedAt: kit.startedAt } }
    await call(startInspection, asked, { idempotencyKey: `start-${kit.id}-${kit.startedAt}` })
  }
  await kept(kit.id, (now) => ({ ...now, startSent: true }))
}

async function sendAnswers(kit: Kit): Promise<void> {
  const waiting = Object.entries(kit.answers).filter(([line, one]) => !one.sent && !kit.conflicts.some(({ id }) => id === line))
  if (waiting.length === 0) return
  const answers = waiting.map(([line, { answer, note, over }]) => ({ line, answer, over, ...(note && { note }) }))
  const reply = await call(answerLines, { params: { id: kit.id }, body: { answers } })
  await kept(kit.id, (now) => {
    const after = { ...now.answers }
    for (const { line, revision } of reply.kept) {
      const one = after[line]
      if (one) after[line] = { ...one, over: revision, sent: true }
    }
    return { ...now, answers: after, conflicts: reply.conflicts }
  })
}

const setFinding = (id: string, clientId: string, change: (finding: KitFinding) => KitFinding) =>
  kept(id, (now) => ({ ...now, findings: now.findings.map((one) => (one.clientId === clientId ? change(one) : one)) }))

/** Photos go first, each once; where it was sent is noted before the next one goes. */
async function sendPhotos(kit: Kit, finding: KitFinding): Promise<string[]> {
  const ids: string[] = []
  for (const [index, photo] of finding.photos.entries()) {
    if (photo.fileId === undefined && photo.blob) {
      const body = new FormData()
      body.append('purpose', 'finding')
      body.append('file', photo.blob, photo.name)
      const { id } = uploaded.parse(
        await request({ method: 'POST', path: '/api/v1/files', body }, { idempotencyKey: `photo-${finding.clientId}-${index}` }),
      )
      ids.push(id)
      await setFinding(kit.id, finding.clientId, (one) => ({
        ...one,
        photos: one.photos.map((each, at) => (at === index ? { name: each.name, fileId: id } : each)),
      }))
    } else if (photo.fileId) ids.push(photo.fileId)
  }
  return ids
}

async function sendFinding(kit: Kit, finding: KitFinding): Promise<void> {
  const fileIds = await sendPhotos(kit, finding)
  const { clientId, kind, requirement, seen, serious, handOver, notedAt } = finding
  const body = {
    inspectionId: kit.id,
    clientId,
    kind,
    seen,
    serious,
    handOver,
    notedAt,
    fileIds,
    ...(requirement && { requirement }),
  }
  await call(recordFinding, { body }, { idempotencyKey: `finding-${clientId}` })
  await setFinding(kit.id, clientId, ({ refused: _refused, ...one }) => ({ ...one, sent: true }))
}

async function sendSheets(kit: Kit): Promise<void> {
  for (const { sent, ...body } of kit.sheets) {
    if (sent) continue
    await call(signInspection, { params: { id: kit.id }, body }, { idempotencyKey: `sheet-${body.clientId}` })
    await kept(kit.id, (now) => ({
      ...now,
      sheets: now.sheets.map((one) => (one.clientId === body.clientId ? { ...one, sent: true } : one)),
    }))
  }
}

/**
 * Sends what waits on the device, in the order in which it came about, each under a key of its own: sent twice it is kept once. What the
 * system refuses, or what somebody else answered otherwise, stays on the device and is shown. Throws `Unreachable` without network.
 */
export async function merge(kit: Kit): Promise<void> {
  const { id } = kit
  const page = await call(showInspection, { params: { id } })
  const standstill = standstillOf(page)
  await kept(id, ({ standstill: _before, ...now }) => ({ ...refreshed(now, page), ...(standstill && { standstill }) }))
  if (standstill || !kit.unsent) return
  const current = { ...kit, page }
  let stopped = false
  const halt = async (sentence: string) => {
    stopped = true
    await stop(current, sentence)
  }
  await unlessRefused(() => sendStart(current), halt)
  if (stopped) return
  await unlessRefused(() => sendAnswers(current), halt)
  for (const finding of current.findings) {
    if (finding.sent) continue
    await unlessRefused(
      () => sendFinding(current, finding),
      (refused) => setFinding(id, finding.clientId, (one) => ({ ...one, refused })),
    )
  }
  await unlessRefused(() => sendSheets(current), halt)
  const after = await call(showInspection, { params: { id } })
  await kept(id, (now) => refreshed(now, after))
}
