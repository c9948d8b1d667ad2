import { defineConfig, devices } from '@playwright/test';
import { findBrowser, isRoot } from './scripts/browser.mjs';

const executablePath = findBrowser();

/** The tests of the whole program in a browser. They start the built program themselves. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  forbidOnly: true,
  // Trainings share the machine's cores with the browser.
  workers: 2,
  retries: 0,
  timeout: 60_000,
  reporter: [
    ['list'],
    ['html', { open: 'never' }],
    ['json', { outputFile: '.cache/reports/playwright.json' }],
  ],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { ...(executablePath && { executablePath }), chromiumSandbox: !isRoot },
  },
});
