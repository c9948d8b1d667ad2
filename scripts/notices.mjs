import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from './project.mjs';

// `npm run notices`: writes THIRD-PARTY-NOTICES.md from the packages that end up in the program: the dependencies,
// and the development dependencies that are bundled into it, with all that they need in turn.
const bundled = [
  ...[
    '@commander-js/extra-typings',
    '@dagrejs/dagre',
    '@mantine/core',
    '@mantine/hooks',
    '@mantine/notifications',
  ],
  ...[
    '@mantine/spotlight',
    '@orpc/client',
    '@orpc/contract',
    '@orpc/server',
    '@tanstack/react-table',
    '@tanstack/react-virtual',
    '@xyflow/react',
    'cli-progress',
  ],
  ...[
    'cli-table3',
    'commander',
    'electron-updater',
    'fast-png',
    'fflate',
    'i18next',
    'jpeg-js',
    'lucide-react',
    'marked',
    'nanoid',
    'open',
    'papaparse',
    'react',
    'react-dom',
  ],
  ...[
    'react-error-boundary',
    'react-i18next',
    'react-is',
    'react-resizable-panels',
    'recharts',
    'sirv',
    'ws',
  ],
  ...['yauzl', 'zod', 'zustand'],
];

/** @typedef {{ version?: string, license?: string, dependencies?: Record<string, string> }} LockedPackage */
/** @type {{ packages: Record<string, LockedPackage> }} */
const { packages } = JSON.parse(readFileSync(at('package-lock.json'), 'utf8'));

/**
 * Where npm put a package for one that needs it: in its own node_modules, else in those around it.
 *
 * @param {string} from
 * @param {string} name
 */
function find(from, name) {
  for (
    let folder = from;
    ;
    folder = folder.slice(0, folder.lastIndexOf('node_modules/')).replace(/\/$/, '')
  ) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === '') return undefined;
  }
}

const roots = [...Object.keys(packages['']?.dependencies ?? {}), ...bundled];
const found = new Set(roots.flatMap((name) => find('', name) ?? []));
for (const path of found) {
  for (const name of Object.keys(packages[path]?.dependencies ?? {})) {
    const needed = find(path, name);
    if (needed) found.add(needed);
  }
}

/** @param {string} path */
function licenceText(path) {
  const file = readdirSync(at(path)).find((name) => /^(licen[cs]e|copying)(\..*)?$/i.test(name));
  return file === undefined
    ? ''
    : readFileSync(join(at(path), file), 'utf8')
        .replaceAll('\r\n', '\n')
        .trim();
}

const rows = [...found]
  .map((path) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: packages[path]?.version ?? '',
    licence: packages[path]?.license ?? '',
    text: licenceText(path),
  }))
  .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'));
/** @type {Map<string, string[]>} */
const texts = new Map();
for (const { name, text } of rows) {
  if (text !== '') texts.set(text, [...(texts.get(text) ?? []), name]);
}

writeFileSync(
  at('THIRD-PARTY-NOTICES.md'),
  [
    '# Third-party notices',
    '',
    'Convas contains, or installs beside itself, the packages below. TensorFlow’s C library, which `npm run setup-engine`',
    'fetches, is under the Apache License 2.0. The MNIST pictures are by Yann LeCun, Corinna Cortes and Christopher',
    'J. C. Burges; their terms are their own.',
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...rows.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    '',
    ...[...texts].flatMap(([text, names]) => [
      `## ${[...new Set(names)].join(', ')}`,
      '',
      '```',
      text,
      '```',
      '',
    ]),
  ].join('\n'),
);
console.log(`${rows.length} packages, ${texts.size} licence texts`);
