import { pathToFileURL } from 'node:url';

// A utility process as its own code sees it: its parent is `process.parentPort`.
const listeners: ((event: { data: unknown }) => void)[] = [];
Object.assign(process, {
  parentPort: {
    on(event: string, listener: (event: { data: unknown }) => void) {
      if (event === 'message') listeners.push(listener);
    },
    postMessage: (message: unknown) => process.send?.(message),
  },
});
const entry = process.argv[2] ?? '';
await import(pathToFileURL(entry).href);
process.on('message', (data) => {
  for (const listener of listeners) listener({ data });
});
