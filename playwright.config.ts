import { defineConfig, devices } from '@playwright/test';
import { findBrowser, isRoot } from './scripts/browser.mjs';

const executablePath = findBrowser();

/** The tests of the whole program in a browser. They start the built program themselves. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  forbidOnly: true,
  // Trainings share the machine's cores with the browser. Machines of CI are shared and slow: there one test at a time,
  // and one that fails has a second try, which the report names.
  workers: process.env['CI'] ? 1 : 2,
  retries: process.env['CI'] ? 1 : 0,
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ['html', { open: 'never' }],
    ['json', { outputFile: '.cache/reports/playwright.json' }],
  ],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    // Recording a trace takes three times as long as the test itself: only the second try is recorded.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: { ...(executablePath && { executablePath }), chromiumSandbox: !isRoot },
  },
});
