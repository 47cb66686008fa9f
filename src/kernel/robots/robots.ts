import { createHmac } from 'node:crypto'
import { lookup as resolveName } from 'node:dns/promises'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Group robots of 企业微信 and 钉钉 that take one text by HTTP. */
export const providers = ['wecom', 'dingtalk'] as const
export type Provider = (typeof providers)[number]

/** One text for one robot. */
export interface RobotMessage {
  readonly provider: Provider
  /** As the provider gave it; it holds the robot's key. */
  readonly address: string
  /** What 钉钉 signs with; null where the robot is secured otherwise. */
  readonly secret: string | null
  readonly text: string
  readonly at: Date
}

/** Why a text did not go out, in words for whoever keeps the robot. Never holds address, key or answer. */
export class RobotRefused extends Error {}

/** Tells a robot, or throws `RobotRefused`: then it has not been told, as far as can be known. */
export interface RobotSender {
  send(message: RobotMessage): Promise<void>
}

const closed = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, bits, 'ipv4')
// Of version 6 only what is routed globally is open; mapped and translated version 4 addresses are not.
const open6 = new BlockList()
open6.addSubnet('2000::', 3, 'ipv6')
const closed6 = new BlockList()
closed6.addSubnet('2001:db8::', 32, 'ipv6')
closed6.addSubnet('2002::', 16, 'ipv6')

/** True of an address that no robot outside can have: private, local, reserved, or none at all. */
export function isClosedAddress(address: string): boolean {
  const version = isIP(address)
  if (version === 4) return closed.check(address, 'ipv4')
  return version !== 6 || !open6.check(address, 'ipv6') || closed6.check(address, 'ipv6')
}

export const defaultRobotHosts: readonly string[] = ['qyapi.weixin.qq.com', 'oapi.dingtalk.com']
let allowed: readonly string[] = defaultRobotHosts

/** Names the hosts that robots may stand on; once, from the settings. */
export function allowRobotHosts(hosts: readonly string[]): void {
  allowed = hosts
}

export const robotHosts = (): readonly string[] => allowed

/** Why an address may not be used; null when it may. */
export function addressFault(address: string): string | null {
  if (!URL.canParse(address)) return '请从群机器人的设置里复制完整的地址。'
  const url = new URL(address)
  if (url.protocol !== 'https:') return '地址要以 https:// 开头。'
  if (url.username !== '' || url.password !== '' || url.port !== '') return '地址里不能有用户名、密码和端口。'
  if (!allowed.includes(url.hostname))
    return `只能发往允许的主机：${allowed.join('、')}。要加别的主机，请修改服务器设置 BIAOSHUAI_ROBOT_HOSTS。`
  return null
}

/** 钉钉's signature: HMAC-SHA-256 of `milliseconds LF secret` under the secret, in Base64. */
export function dingtalkSign(secret: string, milliseconds: number): string {
  return createHmac('sha256', secret).update(`${milliseconds}\n${secret}`).digest('base64')
}

function targetOf({ provider, address, secret, at }: RobotMessage): URL {
  const url = new URL(address)
  if (provider === 'dingtalk' && secret !== null) {
    url.searchParams.set('timestamp', String(at.getTime()))
    url.searchParams.set('sign', dingtalkSign(secret, at.getTime()))
  }
  return url
}

/** Made another only by tests: how a name is resolved, and how a connection is made. */
export interface Network {
  readonly resolve: (host: string) => Promise<readonly { address: string; family: number }[]>
  readonly request: (options: RequestOptions, answered: (answer: IncomingMessage) => void) => ClientRequest
}

const internet: Network = { resolve: (host) => resolveName(host, { all: true }), request: httpsRequest }
const mostTime = 10_000
const mostAnswer = 16_384

/** Sends by HTTPS to allowed hosts alone: no private address, no redirect, a limit of time and of what is read. */
export function httpsRobots(network: Network = internet, limits: { time: number } = { time: mostTime }): RobotSender {
  return {
    send: async (message) => {
      const fault = addressFault(message.address)
      if (fault !== null) throw new RobotRefused(fault)
      const url = targetOf(message)
      const found = await network.resolve(url.hostname).catch(() => [])
      const [place] = found
      if (!place) throw new RobotRefused('没有找到这个主机，请检查服务器能否访问互联网。')
      // One closed address among several is enough: which of them is taken is nobody's to choose.
      if (found.some(({ address }) => isClosedAddress(address))) throw new RobotRefused('主机指向内网地址，没有发出。')
      judge(
        await post(network, {
          url,
          place,
          body: JSON.stringify({ msgtype: 'text', text: { content: message.text } }),
          ...limits,
        }),
      )
    },
  }
}

interface Posting {
  readonly url: URL
  /** Connected to exactly the address that was looked at, whatever the name says a moment later. */
  readonly place: { readonly address: string; readonly family: number }
  readonly body: string
  readonly time: number
}

function post({ request }: Network, { url, place, body, time }: Posting): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new RobotRefused('没有连上，或对方没有在限定时间内答复。稍后会自动再发。'))
    const options: RequestOptions = {
      method: 'POST',
      host: url.hostname,
      path: `${url.pathname}${url.search}`,
      headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) },
      lookup: (_host, given, done) => {
        if (given.all) done(null, [{ address: place.address, family: place.family }])
        else done(null, place.address, place.family)
      },
      agent: false,
      signal: AbortSignal.timeout(time),
    }
    const asked = request(options, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
        if (text.length > mostAnswer) answer.destroy()
      })
      answer.on('error', refuse)
      answer.on('close', () => (text.length > mostAnswer ? refuse() : resolve({ status: answer.statusCode ?? 0, text })))
    })
    asked.on('error', refuse)
    asked.end(body)
  })
}

/** Both answer 200 with `errcode` 0 when the text was taken. A redirect is an answer like any other, and a wrong one. */
function judge({ status, text }: { status: number; text: string }): void {
  if (status >= 300 && status < 400) throw new RobotRefused('对方要求转到别的地址，没有跟过去。请核对机器人地址。')
  if (status !== 200) throw new RobotRefused(`对方答复 ${status}，没有收下。`)
  const code = codeIn(text)
  if (code !== 0)
    throw new RobotRefused(
      code === null ? '对方的答复看不懂，没有收下。' : `对方没有收下，答复代码 ${code}。请核对地址、密钥和安全设置。`,
    )
}

function codeIn(text: string): number | null {
  try {
    const answer: unknown = JSON.parse(text)
    const code = typeof answer === 'object' && answer !== null && 'errcode' in answer ? answer.errcode : null
    return typeof code === 'number' ? code : null
  } catch {
    return null
  }
}
