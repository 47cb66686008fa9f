import { defineConfig } from '@playwright/test'

const chromium = process.env.CHROMIUM_PATH
const launchOptions = {
  ...(chromium ? { executablePath: chromium } : {}),
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

export default defineConfig({
  testDir: 'tests/journeys',
  globalSetup: './tests/journeys/server.setup.ts',
  outputDir: 'test-results',
  // Two at once, each in a city of its own: within one city journeys follow each other.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A walk that failed is walked once more; the run names it at the end, even when it then came through.
  retries: 1,
  timeout: 120_000,
  // A busy machine draws late; what is expected must come, not come fast.
  expect: { timeout: 20_000 },
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    launchOptions,
    screenshot: 'only-on-failure',
    // Recording every frame costs as much as the walk itself; a failure has its picture and the page in words.
    trace: 'off',
  },
  // The global setup names the addresses; each worker reads this file again and finds them.
  projects: [
    { name: 'desk', workers: 1, use: { baseURL: process.env.JOURNEY_URL_DESK ?? '', viewport: { width: 1440, height: 900 } } },
    // A phone has no keyboard; what is said to be the desk's has not been walked on a phone yet.
    {
      name: 'phone',
      workers: 1,
      grepInvert: /@keyboard|@desk/,
      use: {
        baseURL: process.env.JOURNEY_URL_PHONE ?? '',
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
      },
    },
  ],
})
