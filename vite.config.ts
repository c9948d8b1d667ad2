import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The designer's page: `renderer/index.html` and what it imports, built to `out/renderer`. */
export default defineConfig({
  root: fileURLToPath(new URL('./renderer', import.meta.url)),
  // Relative, so that the same files work from an HTTP host and from a custom protocol.
  base: './',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('./out/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // An inlined asset would be a data: address, which the page's Content-Security-Policy need not allow.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
});
