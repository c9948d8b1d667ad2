import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The bridge into the desktop's windows: one CommonJS file, as a sandboxed preload script must be. */
export default defineConfig({
  root: path('.'),
  publicDir: false,
  build: {
    ssr: path('./preload/index.ts'),
    outDir: path('./out/preload'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: 'index.cjs' } },
  },
});
