import { pathToFileURL } from 'node:url';
import { cliPath } from './project.mjs';

/**
 * Runs the built command line in this process, so that its exit codes and signals are ours.
 *
 * @param {string[]} args
 */
export async function runCli(args) {
  const { INIT_CWD: callersFolder, npm_lifecycle_event: script = '' } = process.env;
  if (['start', 'convas'].includes(script)) {
    // npm runs scripts in the repository's root; the paths that a user types are meant from where they stand.
    if (callersFolder !== undefined) process.chdir(callersFolder);
    endWithParent();
  }
  process.argv = [process.execPath, cliPath, ...args];
  await import(pathToFileURL(cliPath).href);
}

/**
 * npm hands SIGTERM to the shell between it and us, and that shell (dash) dies of it without passing it on: an
 * orphaned process takes it as its own.
 */
function endWithParent() {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  timer.unref();
}
