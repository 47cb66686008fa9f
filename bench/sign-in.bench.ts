import { openDatabase } from '../src/kernel/database/pool.ts'
import { type Figure, interleaved, ms, quantile } from './measuring.ts'
import type { Place } from './place.ts'
import { serve } from './serving.ts'

const wrong = 'not-the-right-password'

/** An address per attempt, so that neither lock nor brake falls on the kinds that are to be without. */
const address = (round: number) => `10.${(round >> 16) & 255}.${(round >> 8) & 255}.${round & 255}`

/**
 * Refused sign-ins of four kinds, in turn: whether somebody exists, is locked out or disabled must not show in the time of the
 * answer. Compared is each median with that of the wrong password.
 */
export async function measureSignIn(place: Place, rounds = 300): Promise<Figure[]> {
  const owner = openDatabase(place.ownerUrl, { max: 1 })
  const server = await serve(place.platform)
  const refused = async (username: string, from: string) => {
    const response = await fetch(`${server.origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.origin, 'x-forwarded-for': from },
      body: JSON.stringify({ username, password: wrong }),
    })
    await response.arrayBuffer()
    if (response.status !== 401) throw new Error(`a wrong sign-in was answered with ${response.status}`)
  }
  try {
    await owner.pool.query(`update directory.accounts set state = 'disabled' where username = 'jiancha'`)
    for (let n = 0; n < 6; n += 1) await refused('dangyuan', '10.9.9.9')
    const samples = await interleaved(
      {
        密码错误: (round) => refused('zhibu', address(round)),
        用户不存在: (round) => refused(`nobody${round % 7}`, address(round)),
        已锁定: () => refused('dangyuan', '10.9.9.9'),
        已停用: (round) => refused('jiancha', address(round)),
      },
      { rounds, warmUp: 20 },
    )
    const standard = quantile(samples.密码错误, 0.5)
    return Object.entries(samples).map(([name, values]) => {
      const half = quantile(values, 0.5)
      const apart = (half / standard - 1) * 100
      const value = `中位 ${ms(half)}，p95 ${ms(quantile(values, 0.95))}，差 ${apart >= 0 ? '+' : ''}${apart.toFixed(1)}%`
      return { name: `登录被拒：${name}`, value, ...(name !== '密码错误' && { target: '|差| < 5%', met: Math.abs(apart) < 5 }) }
    })
  } finally {
    await owner.pool.query(`update directory.accounts set state = 'active' where username = 'jiancha'`)
    await owner.pool.query(`delete from directory.sign_in_failures`)
    await server.close()
    await owner.close()
  }
}
