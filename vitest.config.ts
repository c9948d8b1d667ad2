import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { findEngine } from './scripts/engine/folder.mjs';

// Tests that need TensorFlow itself skip themselves where it is not set up; another version of it is tried by its folder.
const given = process.env['CONVAS_TEST_ENGINE'];
const found = given === undefined ? await findEngine() : undefined;
const folder = given ?? (found?.ok ? found.folder : undefined);

const tests = (folder: string) => `${folder}/**/*.test.{ts,tsx,mjs}`;

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        test: {
          name: 'unit',
          // Machines of CI are shared and slow; what takes how long is the bench's to say.
          testTimeout: 30_000,
          include: ['shared', 'main', 'renderer', 'scripts', 'bench'].map(tests),
          exclude: ['renderer/**/*.test.tsx'],
          env: folder === undefined ? {} : { CONVAS_TEST_ENGINE: folder },
        },
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
