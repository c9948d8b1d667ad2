import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setEnvironmentData, Worker } from 'node:worker_threads';

import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

type WasmPackage = typeof import('@tensorflow/tfjs-backend-wasm');
type Module = BackendWasm['wasm'] & {
  cwrap(name: string, result: string | null, parameters: readonly string[]): unknown;
  readonly PThread: { readonly unusedWorkers: Worker[]; readonly runningWorkers: Worker[] };
};
type Imports = Readonly<Record<string, Record<string, unknown>>>;
/** What is used of the global `WebAssembly`, which is no part of Node.js's types. */
interface WebAssembly {
  instantiate(binary: Uint8Array, imports: Imports): Promise<{ instance: unknown; module: unknown }>;
}
/** The module's start, as Emscripten makes it. */
type Factory = (options: {
  locateFile(file: string): string | URL;
  mainScriptUrlOrBlob: string;
  instantiateWasm(imports: Imports, receive: (instance: unknown, module: unknown) => void): object;
}) => Promise<Module>;

/** A backend and how many threads it has. */
export interface ThreadedBackend {
  readonly backend: BackendWasm;
  readonly threads: number;
}

/** The library makes no more. */
const mostThreads = 4;
/** Milliseconds that a worker may take to start. */
const patience = 10_000;
/** Under this name workers find their programs; files in a package's archive may be out of their reach. */
const programs = 'convas-wasm-thread';

const moduleFile = 'tfjs-backend-wasm-threaded-simd';

/** What a worker runs: the package's own program for one, which expects to be a script in a browser or a file. */
const workerUrl = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { createRequire } from 'node:module';
    import { compileFunction, runInThisContext } from 'node:vm';
    import { getEnvironmentData, parentPort } from 'node:worker_threads';
    const { worker, main } = getEnvironmentData('${programs}');
    compileFunction(worker, ['require', '__filename'])(createRequire(process.execPath), '');
    globalThis.importScripts = () => runInThisContext(main);
    parentPort.postMessage({ started: true });
  `)}`,
);

/**
 * Makes a backend from the package's build with threads, which the package itself uses in browsers alone: there it hands
 * its workers their programs as blobs, which Node.js's do not take. Results are the same for any number of threads.
 *
 * @param folder the package's
 * @returns `undefined` where there is one processor, or workers cannot be started
 */
export async function createThreadedBackend(
  wasm: WasmPackage,
  folder: string,
): Promise<ThreadedBackend | undefined> {
  const threads = Math.min(mostThreads, availableParallelism());
  if (threads === 1) return undefined;
  const globalWorker = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  try {
    const mainFile = join(folder, 'wasm-out', `${moduleFile}.js`);
    const require = createRequire(mainFile);
    const { wasmWorkerContents } = require(`./${moduleFile}.worker.js`) as { wasmWorkerContents: string };
    setEnvironmentData(programs, {
      // A line break within quotes has lost its backslash.
      worker: wasmWorkerContents.replaceAll('\n', '\\n'),
      main: await readFile(mainFile, 'utf8'),
    });
    // The library ends the process where one of its workers fails.
    await tryWorker();
    const module = await start(require(mainFile) as Factory, folder, threads);
    // Takes the workers it needs.
    const backend = new wasm.BackendWasm(module);
    const { unusedWorkers, runningWorkers } = module.PThread;
    for (const worker of unusedWorkers.splice(0)) void worker.terminate();
    for (const worker of runningWorkers) worker.unref();
    return { backend, threads: runningWorkers.length + 1 };
  } catch {
    return undefined;
  } finally {
    setEnvironmentData(programs, undefined);
    // The library puts it there.
    Reflect.deleteProperty(globalThis, 'Worker');
    if (globalWorker) Object.defineProperty(globalThis, 'Worker', globalWorker);
  }
}

/** @throws Error where a worker cannot be started */
async function tryWorker(): Promise<void> {
  const worker = new Worker(workerUrl);
  try {
    await inTime(
      new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      }),
    );
  } finally {
    await worker.terminate();
  }
}

/** Starts the module, and all of its threads but this one. */
async function start(factory: Factory, folder: string, threads: number): Promise<Module> {
  const binary = await readFile(join(folder, 'dist', `${moduleFile}.wasm`));
  const module = await inTime(
    new Promise<Module>((resolve, reject) => {
      factory({
        locateFile: (file) => (file.endsWith('.worker.js') ? workerUrl : file),
        mainScriptUrlOrBlob: '',
        instantiateWasm(imports, receive) {
          // It takes half of them.
          Object.assign(imports['env'] ?? {}, { emscripten_num_logical_cores: () => 2 * threads });
          const { instantiate } = Reflect.get(globalThis, 'WebAssembly') as WebAssembly;
          instantiate(binary, imports).then(({ instance, module }) => receive(instance, module), reject);
          return {};
        },
      }).then(resolve, reject);
    }),
  );
  return Object.assign(module, {
    // What the package gives a module once it is there.
    tfjs: {
      init: module.cwrap('init', null, []),
      initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
      getThreadsCount: module.cwrap('get_threads_count', 'number', []),
      registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
      disposeData: module.cwrap('dispose_data', null, ['number']),
      dispose: module.cwrap('dispose', null, []),
    },
  });
}

/** @throws Error where it takes too long */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('A worker did not start.')), patience);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
