import { spawn } from 'node:child_process';
import { cliPath } from '../scripts/project.mjs';

/** Milliseconds from starting the built program to a page that answers. */
export async function measureStart() {
  const startedAt = performance.now();
  const server = spawn(process.execPath, [cliPath, 'serve', '--no-open', '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    /** @type {string} */
    const line = await new Promise((resolve, reject) => {
      server.stdout.setEncoding('utf8').once('data', resolve);
      server.once('exit', () => reject(new Error('The server ended.')));
    });
    const { origin } = new URL(JSON.parse(line).url);
    const page = await fetch(origin);
    if (!page.ok) throw new Error(`The page answers ${page.status}.`);
    await page.text();
    return performance.now() - startedAt;
  } finally {
    server.kill('SIGTERM');
  }
}
