import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What is large and changes rarely gets a file of its own, so that a new version of ours leaves it in the cache. */
const lasting: readonly [name: string, packages: RegExp][] = [
  ['charts', /node_modules\/(echarts|zrender)\//],
  ['react', /node_modules\/(react|react-dom|scheduler)\//],
  ['schema', /node_modules\/zod\//],
  ['router', /node_modules\/@tanstack\//],
]

export default defineConfig({
  root: at('src/app/web'),
  base: '/',
  plugins: [react()],
  build: {
    outDir: at('dist/web'),
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { index: at('src/app/web/index.html'), 'service-worker': at('src/app/web/service-worker.ts') },
      output: {
        // Its address must stay the same, or a new one would never take the old one's place.
        entryFileNames: ({ name }) => (name === 'service-worker' ? 'service-worker.js' : 'assets/[name]-[hash].js'),
        codeSplitting: { groups: lasting.map(([name, test]) => ({ name, test })) },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env.BIAOSHUAI_API ?? 'http://127.0.0.1:8080', changeOrigin: false } },
  },
})
