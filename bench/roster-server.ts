// A server in a process of its own, so that what an import costs in memory is not mixed with the bench's. Started by import.bench.ts.
import path from 'node:path'
import { loadSecrets } from '../src/kernel/config/secrets.ts'
import { readSettings } from '../src/kernel/config/settings.ts'
import { registerModules } from '../src/app/modules.ts'
import { makePlatform } from '../src/app/platform.ts'
import { useMode, useStagingFolder } from '../src/modules/directory/index.ts'
import { serve } from './serving.ts'

const folder = process.argv[2] ?? ''
// Not an argument: the address holds a password, and arguments are seen by everybody on the machine.
const appUrl = process.env.BENCH_DATABASE ?? ''
const settings = readSettings({ BIAOSHUAI_DATA: folder, BIAOSHUAI_LOG_LEVEL: 'warn', BIAOSHUAI_MODE: 'demonstration' })
const platform = makePlatform(settings, await loadSecrets(folder), appUrl)
registerModules()
useMode('demonstration')
useStagingFolder(path.join(folder, 'staging'))
const serving = await serve(platform)

process.on('message', () => process.send?.({ peakKb: process.resourceUsage().maxRSS, rssKb: process.memoryUsage.rss() / 1024 }))
process.on('disconnect', () => process.exit(0))
process.send?.({ origin: serving.origin })
