// `node bin/run.mjs <entry.ts> [...]`: prepares the machine and runs any entry of the product.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { giveUp, root, runTypeScript } from './bootstrap.mjs'

const [entry, ...args] = process.argv.slice(2)
if (!entry) giveUp('用法：node bin/run.mjs <入口文件.ts> [参数……]')
if (!existsSync(path.resolve(root, entry))) giveUp(`找不到入口文件 ${entry}，请检查路径。`)
runTypeScript(entry, args)
