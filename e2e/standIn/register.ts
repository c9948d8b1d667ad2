import { register } from 'node:module';
import { runInThisContext } from 'node:vm';

// For `node --import`: whoever imports `electron` gets the stand-in.
const standIn = new URL('./electron.js', import.meta.url).href;
const hook = `export async function resolve(specifier, context, next) {
  return specifier === 'electron' ? { url: ${JSON.stringify(standIn)}, shortCircuit: true } : next(specifier, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
Object.assign(process, { resourcesPath: import.meta.dirname });

interface Question {
  readonly id: number;
  readonly source: string;
  readonly argument: unknown;
}

// A test runs functions in here, as Playwright's `ElectronApplication.evaluate` does in Electron's main process.
process.on('message', (message: Question) => {
  void answer(message).then((reply) => process.send?.({ id: message.id, ...reply }));
});

async function answer({ source, argument }: Question): Promise<{ value: unknown } | { error: string }> {
  try {
    const electron = (await import(standIn)) as unknown;
    const asked = runInThisContext(`(${source})`) as (electron: unknown, argument: unknown) => unknown;
    return { value: await asked(electron, argument) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
