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
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  // A busy machine draws late; what is expected must come, not come fast.
  expect: { timeout: 20_000 },
  use: {
    // The global setup names the address; each worker reads this file again and finds it.
    baseURL: process.env.JOURNEY_URL ?? '',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    launchOptions,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'desk', use: { viewport: { width: 1440, height: 900 } } },
    // A phone has no keyboard; what is said to be the desk's has not been walked on a phone yet.
    {
      name: 'phone',
      grepInvert: /@keyboard|@desk/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
})
