import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addressFault,
  allowRobotHosts,
  defaultRobotHosts,
  dingtalkSign,
  httpsRobots,
  isClosedAddress,
  type Network,
  type RobotMessage,
} from './robots.ts'

interface Heard {
  readonly url: string
  readonly type: string | undefined
  readonly body: string
}
const heard: Heard[] = []
let answer: (response: ServerResponse, asked: IncomingMessage) => void = () => {}
const server = createServer((asked, response) => {
  let body = ''
  asked.on('data', (part: Buffer) => (body += part.toString()))
  asked.on('end', () => {
    heard.push({ url: asked.url ?? '', type: asked.headers['content-type'], body })
    answer(response, asked)
  })
})
const taken = (response: ServerResponse) => response.end('{"errcode":0,"errmsg":"ok"}')

/** A stand-in on this machine under a public name; the look-up says a public address, the connection goes to it without TLS. */
const network = (addresses = ['203.0.114.7']): Network => ({
  resolve: () => Promise.resolve(addresses.map((address) => ({ address, family: 4 }))),
  request: (options, answered) => {
    const { port } = server.address() as AddressInfo
    return httpRequest({ ...options, host: '127.0.0.1', port, lookup: undefined }, answered)
  },
})

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const at = new Date(1_609_459_200_000)
const wecom: RobotMessage = {
  provider: 'wecom',
  address: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k-1',
  secret: null,
  text: '逾期 3 项',
  at,
}
const ding: RobotMessage = {
  provider: 'dingtalk',
  address: 'https://oapi.dingtalk.com/robot/send?access_token=t',
  secret: 'this is secret',
  text: '逾期 3 项',
  at,
}

test('each provider gets its own form: a text, and for 钉钉 the time and the signature in the address', async () => {
  answer = taken
  const robots = httpsRobots(network())
  await robots.send(wecom)
  await robots.send(ding)
  const body = '{"msgtype":"text","text":{"content":"逾期 3 项"}}'
  expect(heard[0]).toEqual({ url: '/cgi-bin/webhook/send?key=k-1', type: 'application/json; charset=utf-8', body })
  const asked = new URL(heard[1]?.url ?? '', 'https://x')
  expect([asked.pathname, asked.searchParams.get('access_token'), asked.searchParams.get('timestamp')]).toEqual([
    '/robot/send',
    't',
    '1609459200000',
  ])
  expect(asked.searchParams.get('sign')).toBe(dingtalkSign('this is secret', 1_609_459_200_000))
  // Worked out apart: printf '1609459200000\nthis is secret' | openssl dgst -sha256 -hmac 'this is secret' -binary | base64
  expect(dingtalkSign('this is secret', 1_609_459_200_000)).toBe('ACG5udp2fUrpKLAsLMUINvMr3hQ2OC05N0oaKUOvagw=')
})

test.each([
  [
    'a redirect is not followed',
    (response: ServerResponse) => response.writeHead(302, { location: 'http://127.0.0.1/' }).end(),
    '没有跟过去',
  ],
  [
    'a refusal by code',
    (response: ServerResponse) => response.end('{"errcode":310000,"errmsg":"sign not match"}'),
    '答复代码 310000',
  ],
  ['an error of the server', (response: ServerResponse) => response.writeHead(502).end('x'), '对方答复 502'],
  ['something else than the provider', (response: ServerResponse) => response.end('<html>'), '看不懂'],
  ['an answer without end', (response: ServerResponse) => response.end('x'.repeat(40_000)), '没有连上'],
  ['no answer in time', () => {}, '限定时间'],
] as const)('%s is said in words, and nothing of the address', async (_name, how, words) => {
  answer = how
  const before = heard.length
  const failed = await httpsRobots(network(), { time: 300 })
    .send(wecom)
    .catch((error: Error) => error.message)
  expect(failed).toContain(words)
  expect(failed).not.toContain('k-1')
  expect(heard.length).toBe(before + 1)
})

test('no connection is made to a private address, also where only one of several is, nor to a host that is not allowed', async () => {
  const before = heard.length
  for (const addresses of [
    ['127.0.0.1'],
    ['203.0.114.7', '10.1.2.3'],
    ['::1'],
    ['::ffff:10.0.0.1'],
    ['fd00::1'],
    ['169.254.169.254'],
  ])
    await expect(httpsRobots(network(addresses)).send(wecom)).rejects.toThrow('内网地址')
  await expect(httpsRobots(network([])).send(wecom)).rejects.toThrow('没有找到这个主机')
  await expect(httpsRobots(network()).send({ ...wecom, address: 'https://example.com/send' })).rejects.toThrow(
    '只能发往允许的主机',
  )
  expect(heard.length).toBe(before)
  expect(['8.8.8.8', '2400:3200::1'].map(isClosedAddress)).toEqual([false, false])
  expect(['172.20.0.1', '100.64.1.1', '224.0.0.1', '2002:a00::1', 'fe80::1', 'nonsense'].map(isClosedAddress)).toEqual(
    Array(6).fill(true),
  )
})

test('an address is https, on an allowed host, without port or user; the list is the operator’s', () => {
  expect(addressFault(wecom.address)).toBeNull()
  expect(addressFault('http://oapi.dingtalk.com/robot/send')).toContain('https')
  expect(addressFault('https://u:p@oapi.dingtalk.com/')).toContain('用户名')
  expect(addressFault('https://oapi.dingtalk.com:8443/')).toContain('端口')
  expect(addressFault('https://oapi.dingtalk.com.evil.example/')).toContain('只能发往允许的主机')
  expect(addressFault('nothing')).toContain('完整的地址')
  allowRobotHosts(['im.example.gov.cn'])
  expect(addressFault('https://im.example.gov.cn/robot')).toBeNull()
  expect(addressFault(wecom.address)).toContain('im.example.gov.cn')
  allowRobotHosts(defaultRobotHosts)
})
