import { parseArgs } from 'node:util';
import { requireNode } from './node-version.mjs';

// `npm run setup-engine`: TensorFlow for training, set up in the user's cache folder.
requireNode();
const usage = `npm run setup-engine [-- --gpu] [-- --force]
  --gpu    TensorFlow's build for CUDA, with the CUDA libraries (3.4 GB to download; Linux on x64)
  --force  set it up anew, also where it is there already
`;
const options = parse();
if (options === undefined || options.help) {
  (options ? process.stdout : process.stderr).write(usage);
  process.exitCode = options ? 0 : 2;
} else {
  const { ensureEngine } = await import('./engine/setup.mjs');
  const { rung, folder } = await ensureEngine({ ...options, retry: true });
  if (folder) console.error(folder);
  process.exitCode = rung === null ? 1 : 0;
}

function parse() {
  try {
    const { values } = parseArgs({
      options: {
        gpu: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}
