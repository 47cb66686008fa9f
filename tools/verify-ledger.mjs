#!/usr/bin/env node
// Proves or refutes an exported ledger. Stands alone on purpose: it shares no line with the program that wrote the
// ledger, needs nothing but Node 20 or later, and can be read through before it is trusted.
//
//   node verify-ledger.mjs <export.ndjson> <checkpoint file or folder>... <public-key.pem>
//
// Exit: 0 the export is whole · 1 it is refuted · 2 nothing could be judged (arguments, files, key).
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

const LONGEST_LINE = 4 * 1024 * 1024
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/
const DIGEST = /^[0-9a-f]{64}$/

class Refuted extends Error {}
class CannotJudge extends Error {}

const refute = (text) => {
  throw new Refuted(text)
}
const giveUp = (text) => {
  throw new CannotJudge(text)
}
const sha256 = (...parts) => parts.reduce((digest, part) => digest.update(part), createHash('sha256')).digest()

// ---- canonical JSON -------------------------------------------------------------------------------------------------

function spell(value) {
  if (Array.isArray(value)) return `[${value.map(spell).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${spell(value[key])}`).join()}}`
}

// ---- Merkle tree: only the roots of the perfect subtrees at the right edge are kept --------------------------------

class Tree {
  edge = []
  size = 0

  add(leaf) {
    let node = { height: 0, digest: leaf }
    while (this.edge.at(-1)?.height === node.height) {
      const left = this.edge.pop()
      node = { height: node.height + 1, digest: sha256(Buffer.of(1), left.digest, node.digest) }
    }
    this.edge.push(node)
    this.size += 1
  }

  root() {
    if (this.size === 0) return sha256()
    let digest = this.edge.at(-1).digest
    for (let at = this.edge.length - 2; at >= 0; at -= 1) digest = sha256(Buffer.of(1), this.edge[at].digest, digest)
    return digest
  }
}

// ---- checkpoints ----------------------------------------------------------------------------------------------------

function readKey(path) {
  const pem = readFile(path, '公钥')
  // A private key would be taken for its public half without a word; whoever verifies should never hold one.
  if (/PRIVATE KEY/.test(pem)) giveUp(`${path} 是私钥。核验只需要公钥，请改用公钥文件，并收好私钥。`)
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Falls through to the same sentence: for the user both are a wrong file.
  }
  return giveUp(`${path} 不是 Ed25519 公钥（PEM 格式）。请换成台账公钥文件再试。`)
}

function readFile(path, what) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch {
    return giveUp(`读不出${what}文件 ${path}。请检查路径、权限和文件是否完整。`)
  }
}

function listCheckpointFiles(paths) {
  return paths.flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false }) ?? giveUp(`找不到签名点 ${path}。请检查路径。`)
    if (!found.isDirectory()) return [path]
    const names = readdirSync(path).filter((name) => name.endsWith('.checkpoint'))
    const stray = names.find((name) => !/^\d{12,}\.checkpoint$/.test(name))
    if (stray) refute(`签名点 ${join(path, stray)} 的文件名不合规则（应为以条数命名的 12 位数字）。`)
    return names.sort().map((name) => join(path, name))
  })
}

function openCheckpoint(path, key) {
  const bad = (why) => refute(`签名点 ${path} ${why}。`)
  const text = readFile(path, '签名点')
  const form = /^([^\s+]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\ntime (\S+)\n\n— ([^\s+]+) ([A-Za-z0-9+/]{91}=)\n$/u.exec(
    text,
  )
  if (!form) return bad('格式不对，可能被改动或没有传完整')
  const [, origin, size, root, time, signer, seal] = form
  if (signer !== origin || !INSTANT.test(time) || Number.isNaN(Date.parse(time))) bad('的名称或时间不对')
  const sealed = Buffer.from(seal, 'base64')
  const raw = Buffer.from(key.export({ format: 'jwk' }).x, 'base64url')
  const keyId = sha256(origin, '\n', Buffer.of(1), raw).subarray(0, 4)
  if (!sealed.subarray(0, 4).equals(keyId)) bad('不是用这把公钥对应的私钥签的')
  const body = text.slice(0, text.indexOf('\n\n') + 1)
  if (!verify(null, Buffer.from(body), key, sealed.subarray(4))) bad('签名不符，内容被改动或签名是伪造的')
  const named = /^(\d{12,})\.checkpoint$/.exec(basename(path))
  if (named && Number(named[1]) !== Number(size))
    bad(`文件名写的是 ${Number(named[1])} 条，内容却是 ${size} 条，疑似拿旧签名点顶替`)
  return { path, origin, size: Number(size), root: Buffer.from(root, 'base64'), time: Date.parse(time), written: time }
}

function readCheckpoints(paths, key) {
  const all = listCheckpointFiles(paths).map((path) => openCheckpoint(path, key))
  if (all.length === 0) giveUp('没有签名点，无从核验。请指定签名点文件或所在文件夹。')
  all.sort((one, other) => one.size - other.size || one.time - other.time)
  for (const [at, later] of all.entries()) {
    const earlier = all[at - 1]
    if (!earlier) continue
    if (earlier.origin !== later.origin) refute(`签名点 ${later.path} 属于另一本台账（${later.origin}）。`)
    if (later.time < earlier.time) refute(`签名点 ${later.path} 条数更多，时间却早于 ${earlier.path}，先后颠倒。`)
    if (later.size === earlier.size && !later.root.equals(earlier.root)) {
      refute(`签名点 ${earlier.path} 与 ${later.path} 条数相同、根值不同，台账出现过两个版本。`)
    }
  }
  return all
}

// ---- export ---------------------------------------------------------------------------------------------------------

/** Splits at line feeds only: ready-made line readers also split at U+2028, which JSON text may contain. */
async function* linesOf(path) {
  let kept = []
  let length = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      yield Buffer.concat([...kept, chunk.subarray(start, end)])
      kept = []
      length = 0
      start = end + 1
    }
    kept.push(chunk.subarray(start))
    length += chunk.length - start
    if (length > LONGEST_LINE) refute('导出文件中有一行过长，不是台账的导出。')
  }
  if (length > 0) refute('导出文件的最后一行不完整，文件没有传完整或被截断。')
}

const isWord = (value) => typeof value === 'string' && value.length > 0
const isWordOrNull = (value) => value === null || isWord(value)
const isLike = (value, pattern) => typeof value === 'string' && pattern.test(value)
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isPlain = (value, keys) => isObject(value) && Object.keys(value).sort().join() === keys
const isList = (value, test) => Array.isArray(value) && value.every(test)

const ENTRY = {
  v: (value) => value === 1,
  id: isWord,
  at: (value) => isLike(value, INSTANT),
  action: isWord,
  actor: (value) => isPlain(value, 'account,kind') && isWordOrNull(value.account) && isWord(value.kind),
  objects: (value) => isList(value, (object) => isPlain(object, 'id,kind') && isWord(object.id) && isWord(object.kind)),
  organizations: (value) => isList(value, isWord),
  outcome: (value) => ['done', 'denied', 'failed', 'viewed'].includes(value),
  fields: (value) => isObject(value) && Object.values(value).every((digest) => isLike(digest, DIGEST)),
  requestId: isWordOrNull,
}

const isEntry = (entry) =>
  isPlain(entry, Object.keys(ENTRY).sort().join()) && Object.entries(ENTRY).every(([key, test]) => test(entry[key]))

function readLine(bytes, expected) {
  const bad = (why) => refute(`第 ${expected} 行${why}。`)
  let text
  let line
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    line = JSON.parse(text)
  } catch {
    return bad('不是完整的 JSON，被改动或传坏了')
  }
  if (!isPlain(line, 'entry,leaf,seq')) bad('缺少或多出内容')
  if (line.seq !== expected) bad(`的序号是 ${line.seq}，应为 ${expected}：此处有删除、插入、重复或调换`)
  if (!isEntry(line.entry)) bad(`（序号 ${expected}）的记录格式不对`)
  // Another spelling of the same value, a key written twice for instance, shows a human reader something else.
  if (spell(line) !== text) bad(`（序号 ${expected}）的写法不规范，内容被改动过`)
  const leaf = sha256(Buffer.of(0), spell(line.entry))
  if (leaf.toString('hex') !== line.leaf) bad(`（序号 ${expected}）的内容与它的摘要不符，内容被改动过`)
  return leaf
}

async function walk(path, checkpoints) {
  const tree = new Tree()
  let next = 0
  const compare = () => {
    for (; checkpoints[next]?.size === tree.size; next += 1) {
      const { root, path: file, size } = checkpoints[next]
      if (root.equals(tree.root())) continue
      const before = checkpoints[next - 1]?.size ?? 0
      refute(`第 ${Math.min(before + 1, size)} 至第 ${size} 条之间被改动过：算出的根值与签名点 ${file} 不符，此前的记录完好。`)
    }
  }
  compare()
  for await (const bytes of linesOf(path)) {
    tree.add(readLine(bytes, tree.size + 1))
    compare()
  }
  const missing = checkpoints[next]
  if (missing) {
    refute(`导出只有 ${tree.size} 条，签名点 ${missing.path} 却有 ${missing.size} 条：第 ${tree.size + 1} 条起的记录被截去。`)
  }
  return tree.size
}

// ---- verdict --------------------------------------------------------------------------------------------------------

async function main(args) {
  if (args.length < 3) {
    giveUp('用法：node verify-ledger.mjs <导出文件.ndjson> <签名点文件或文件夹>… <公钥.pem>')
  }
  const exported = args[0]
  if (!statSync(exported, { throwIfNoEntry: false })?.isFile()) giveUp(`找不到导出文件 ${exported}。请检查路径。`)
  const checkpoints = readCheckpoints(args.slice(1, -1), readKey(args.at(-1)))
  const last = checkpoints.at(-1)
  const size = await walk(exported, checkpoints)
  console.log(`核验通过：共 ${size} 条，${checkpoints.length} 个签名点全部相符。`)
  console.log(
    `台账 ${last.origin}，最新签名点 ${last.size} 条，签于 ${last.written}。请与自己留存的最近一个签名点对照，确认不是旧的。`,
  )
  if (size > last.size) console.log(`最后 ${size - last.size} 条还没有签名点担保，请等下一个签名点产生后再核验。`)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const refuted = error instanceof Refuted
  const reason = refuted || error instanceof CannotJudge ? error.message : `读取时出错（${error.message}）。请检查文件后再试。`
  console.log(`${refuted ? '核验不通过' : '无法核验'}：${reason}`)
  process.exitCode = refuted ? 1 : 2
}
