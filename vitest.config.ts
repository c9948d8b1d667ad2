import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { findEngine } from './scripts/engine/folder.mjs';

// Tests that need TensorFlow itself skip themselves where it is not set up; another version of it is tried by its folder.
const given = process.env['CONVAS_TEST_ENGINE'];
const found = given === undefined ? await findEngine() : undefined;
const folder = given ?? (found?.ok ? found.folder : undefined);

/** Their `vi.mock` would hold for the files after them. */
const replacesModules = [
  'renderer/canvas/arrangeDocument.test.ts',
  'renderer/canvas/layout.test.ts',
  'renderer/lessons/lessonState.test.ts',
  'renderer/state/analysis.test.ts',
];
const unit = {
  // Machines of CI are shared and slow; what takes how long is the bench's to say.
  testTimeout: 30_000,
  env: folder === undefined ? {} : { CONVAS_TEST_ENGINE: folder },
};

const tests = (folder: string) => `${folder}/**/*.test.{ts,tsx,mjs}`;

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Left to itself, one core is kept free.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...unit,
          name: 'unit',
          // Loading the modules anew for each file took more than half of the time.
          isolate: false,
          include: ['shared', 'renderer', 'bench'].map(tests),
          exclude: ['renderer/**/*.test.tsx', ...replacesModules],
        },
      },
      {
        // An engine is chosen, or processes are started, for the whole process: each file has its own.
        test: { ...unit, name: 'alone', include: [...['main', 'scripts'].map(tests), ...replacesModules] },
      },
      {
        plugins: [react()],
        test: {
          name: 'components',
          testTimeout: 30_000,
          include: ['renderer/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: ['scripts/jsdom-setup.mjs'],
        },
      },
      {
        // Tests that run the built program; `npm test` builds it before them.
        test: {
          name: 'built',
          include: [tests('e2e')],
          exclude: ['e2e/packaging/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Packs the program and tries what was packed.
        test: { name: 'package', include: [tests('e2e/packaging')] },
      },
    ],
  },
});
