// The browser tests need a chromium and Chinese fonts; on Debian both come from the distribution.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { giveUp } from './bootstrap.mjs'

function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not in this folder.
    }
  }
  return undefined
}

function findBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named) return existsSync(named) ? named : giveUp(`CHROMIUM_PATH 指向的 ${named} 不存在，请改正或去掉这个变量。`)
  return onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome')
}

function hasChineseFonts() {
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  return list.status === 0 && list.stdout.trim() !== ''
}

function aptGet(args) {
  const command = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '-n', 'apt-get']
  const [program, ...before] = command
  const result = spawnSync(program, [...before, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return result.status === 0
}

function installPackages(packages) {
  const names = packages.join(' ')
  const advice = `浏览器测试需要 ${names}。请由管理员执行 apt-get install ${names}，或用 CHROMIUM_PATH 指定已有的 Chromium，再运行一次。`
  const allowed = process.getuid?.() === 0 || onPath('sudo')
  if (!onPath('apt-get') || !allowed) giveUp(advice)
  process.stdout.write(`正在安装浏览器测试所需的 ${names}，约需一至三分钟……\n`)
  if (!aptGet(['update', '-q']) || !aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages])) giveUp(advice)
}

/** The path of a chromium; installs it and the fonts when they are missing. */
export function ensureBrowser() {
  const missing = []
  if (!findBrowser()) missing.push('chromium')
  if (!hasChineseFonts()) missing.push('fontconfig', 'fonts-noto-cjk')
  if (missing.length > 0) installPackages(missing)
  return findBrowser() ?? giveUp('安装之后仍找不到 chromium。请用 CHROMIUM_PATH 指定它的路径，再运行一次。')
}
