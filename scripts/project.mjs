import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {...string} parts
 * @returns {string} an absolute path inside the repository
 */
export const at = (...parts) => join(root, ...parts);

/** The built command line. */
export const cliPath = at('out', 'main', 'cli.js');
