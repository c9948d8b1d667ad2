import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import { cliPath } from '../scripts/project.mjs';
import { spreadOf } from './statistics.mjs';

// How soon a picture's feature maps are there: from the question to the numbers of all layers, as a page asks.

/** @typedef {import('@orpc/contract').ContractRouterClient<typeof import('../shared/rpc/contract.ts').contract>} Client */
/** @typedef {import('@orpc/client/websocket').LinkWebsocketClientOptions['websocket']} LinkSocket */
/** @typedef {{ network: string, layers: number, bytes: number, milliseconds: number[] }} Latency */

const run = promisify(execFile);
const networks = ['lenet-5', 'mnist-cnn', 'residual-cnn'];
const [height, width] = [28, 28];

/**
 * Trains each network for a moment, then asks about it over the web host's connection to the built program.
 *
 * @param {number} questions about each
 * @returns {Promise<Latency[]>}
 */
export async function measureLatency(questions = 100) {
  const folder = await mkdtemp(join(tmpdir(), 'convas-latency-'));
  const env = { ...process.env, CONVAS_DATA_DIR: folder };
  try {
    for (const network of networks) {
      const args = ['train', network, '--epochs', '1', '--limit', '256'];
      await run(process.execPath, [cliPath, ...args], { env });
    }
    const runIds = await readdir(join(folder, 'runs'));
    const results = [];
    const server = await serve(env);
    try {
      for (const network of networks) {
        const runId = runIds.find((id) => id.includes(network)) ?? '';
        results.push({ network, ...(await ask(server.client, runId, questions)) });
      }
    } finally {
      await server.end();
    }
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {Client} client
 * @param {string} runId
 * @param {number} questions
 */
async function ask(client, runId, questions) {
  const milliseconds = [];
  let [layers, bytes] = [0, 0];
  // The first question opens the network, and another one finds all of it there.
  for (let question = -2; question < questions; question += 1) {
    const numbers = Float32Array.from(
      { length: height * width },
      (_, at) => ((at * 7 + question) % 256) / 255,
    );
    const askedAt = performance.now();
    const answer = await client.interpretation.activations({
      source: { runId },
      picture: { shape: [height, width, 1], numbers: new Blob([numbers]) },
      layers: null,
    });
    const received = new Float32Array(await answer.numbers.arrayBuffer());
    if (question >= 0) milliseconds.push(performance.now() - askedAt);
    [layers, bytes] = [answer.layers.length, received.byteLength];
  }
  return { layers, bytes, milliseconds };
}

/**
 * Starts the web host and connects to it as a page does.
 *
 * @param {NodeJS.ProcessEnv} env
 */
async function serve(env) {
  const server = spawn(process.execPath, [cliPath, 'serve', '--no-open', '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env,
  });
  const ended = once(server, 'exit');
  /** @type {string} */
  const line = await new Promise((resolve, reject) => {
    server.stdout.setEncoding('utf8').once('data', resolve);
    server.once('exit', () => reject(new Error('The server ended.')));
  });
  const { origin, hash, host } = new URL(JSON.parse(line).url);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const session = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  });
  const [cookie = ''] = session.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  const socket = new WebSocket(`ws://${host}/api/rpc`, { origin, headers: { cookie } });
  socket.binaryType = 'arraybuffer';
  await once(socket, 'open');
  /** @type {Client} */
  const client = createORPCClient(new RPCLink({ websocket: /** @type {LinkSocket} */ (socket) }));
  return {
    client,
    async end() {
      socket.close();
      server.kill('SIGTERM');
      await ended;
    },
  };
}

/** What was promised, in milliseconds. */
const promised = new Map([
  ['lenet-5', 50],
  ['mnist-cnn', 200],
]);

/**
 * As a table of the report.
 *
 * @param {readonly Latency[]} latencies
 */
export function latencyTable(latencies) {
  const rows = latencies.map(({ network, layers, bytes, milliseconds }) => {
    const { median, min, max } = spreadOf(milliseconds) ?? { median: NaN, min: NaN, max: NaN };
    const limit = promised.get(network);
    const ms = (/** @type {number} */ number) => number.toFixed(1);
    const cells = [network, layers, (bytes / 1000).toFixed(0), `${ms(median)} (${ms(min)}–${ms(max)})`];
    return `| ${[...cells, limit === undefined ? '–' : `${limit}`].join(' | ')} |`;
  });
  return [
    '| template | layers | maps, kB | ms from a picture to the maps of all its layers | promised, below |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
}
