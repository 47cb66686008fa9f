// `npm start`: prepares the machine and runs the server.
import { runTypeScript } from './bootstrap.mjs'

runTypeScript('src/app/main.ts', process.argv.slice(2))
