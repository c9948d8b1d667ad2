import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import i18next from 'eslint-plugin-i18next';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const tests = ['**/*.test.{ts,tsx,mjs}', 'e2e/**'];

const extension = {
  regex: '^\\.{1,2}/([^.]*/)*[^./]+$',
  message: "Write the file's extension too: './name.ts'.",
};
const noTensorFlow = {
  regex: '^@tensorflow/',
  message: 'Only the trainer process loads TensorFlow: send it a message through the core.',
};
const noElectron = {
  regex: '^electron($|/)',
  message: 'Only main/electron/ and preload/ know Electron: add a method to the Host instead.',
};
const noReact = {
  regex: '^(react|react-dom|react-i18next|@xyflow/react|@mantine/.*|zustand|zundo)($|/)',
  message: 'Screens and their state belong in renderer/.',
};

/** @typedef {{ regex: string, message: string, allowTypeImports?: boolean }} Pattern */

/**
 * The import rules of one folder, each with what to do instead. `.dependency-cruiser.cjs` keeps the same table by
 * following the imports themselves.
 *
 * @param {string} folder
 * @param {string} imports regular expression of what stands after the last `../` of an import that leaves the folder
 * @param {string} message
 * @param {Pattern[]} packages refused outside tests
 * @returns {import('eslint').Linter.Config[]}
 */
const importsOf = (folder, imports, message, packages) =>
  [0, 1, 2, 3].flatMap((depth) => {
    const leaving = { regex: `^(\\.\\./){${depth + 1}}(?!${imports})`, message };
    const files = `${folder}/${'*/'.repeat(depth)}*`;
    /** @type {(patterns: Pattern[]) => import('eslint').Linter.RulesRecord} */
    const refuse = (patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] });
    return [
      { files: [`${files}.{ts,tsx}`], rules: refuse([extension, leaving, ...packages]) },
      {
        files: [`${files}.test.{ts,tsx}`],
        // Tests may use what their folder may not, but for Electron, which importing would download.
        rules: refuse([extension, leaving, ...packages.filter(({ regex }) => regex === noElectron.regex)]),
      },
    ];
  });

export default defineConfig(
  globalIgnores(['node_modules', 'out', '.cache', 'test-results', 'playwright-report', 'bench/results']),
  { linterOptions: { noInlineConfig: true } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs,js}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // The type checker knows the globals of each folder.
      'no-undef': 'off',
      // A handler declared to return a promise may have nothing to wait for; `async` makes what it throws a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Recurses without end on the router types of oRPC (typescript-eslint 8.73.0).
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Both are good; a type cannot be merged with another by accident.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // `process.env['NAME']` is how noPropertyAccessFromIndexSignature or a reader may want it.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [extension] }],
      'max-lines': ['error', 400],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Written with functions: the methods of our interfaces, and of the libraries chosen, know no `this`.
      '@typescript-eslint/unbound-method': 'off',
      // An empty environment variable is as good as none.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
          message: 'Export it by name.',
        },
        {
          selector: 'TSAsExpression > TSAsExpression[typeAnnotation.type="TSUnknownKeyword"]',
          message: 'Narrow the value by a check or a schema instead of casting through unknown.',
        },
      ],
    },
  },
  {
    files: ['*.config.{ts,js}'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // A cast in JSDoc is seen by tsc, which checks these files too, but not by the linter.
    files: ['**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
    },
  },
  {
    files: tests,
    rules: {
      // A test that finds undefined fails, which is what it is for.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A test says by a type which answer it expects of a program.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['shared/**/*.ts'],
    ignores: tests,
    rules: {
      // The type checker refuses these too, unless a library's types bring them along.
      'no-restricted-globals': [
        'error',
        ...[
          ['process', 'Buffer', 'global', 'require', 'module', '__dirname', '__filename'],
          ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'],
          ['window', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'self'],
          [
            'fetch',
            'console',
            'performance',
            'requestAnimationFrame',
            'queueMicrotask',
            'Worker',
            'WebSocket',
          ],
        ]
          .flat()
          .map((name) => ({
            name,
            message: 'shared/ runs anywhere: take it, or what it gives, as an argument.',
          })),
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    // Nothing is memoized by a compiler here, which is what TanStack's hooks cannot take.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  {
    files: ['renderer/**/*.tsx'],
    ignores: tests,
    plugins: { i18next },
    rules: {
      'i18next/no-literal-string': [
        'error',
        {
          mode: 'jsx-only',
          message: 'Put the text into shared/i18n and show it with t()',
          'jsx-attributes': {
            include: [
              '.*[lL]abel',
              'title',
              'alt',
              'placeholder',
              'description',
              'error',
              'message',
              'aria-.*text',
            ],
          },
          // Numbers, punctuation and signs are the same in every language.
          words: { exclude: [/^[\p{N}\p{P}\p{S}\s]+$/u] },
        },
      ],
    },
  },
  importsOf(
    'shared',
    '$^',
    'shared/ imports nobody: take what it needs as an argument, or move the code here.',
    [
      {
        regex: '^node:',
        message: 'shared/ runs in the browser too: take what Node.js would do as an argument.',
      },
      {
        ...noTensorFlow,
        allowTypeImports: true,
        message: 'Take `tf` as an argument; import its types alone.',
      },
      noElectron,
      noReact,
    ],
  ),
  importsOf(
    'main/core',
    // Where the engine lies is asked by the set-up script too, before anything is built.
    '\\.\\./shared/|\\.\\./scripts/engine/|\\.\\./package\\.json$',
    'The core knows no host and not the trainer: take it as an argument, or move what both need to shared/.',
    [noTensorFlow, noElectron, noReact],
  ),
  importsOf(
    'main/trainer',
    '\\.\\./shared/',
    'The trainer is a process of its own: send it a message, or move what both need to shared/.',
    [noElectron, noReact],
  ),
  importsOf(
    'main/electron',
    '\\.\\./shared/|core/',
    'A host imports the core and shared/ alone: move what two hosts need to main/core/.',
    [noTensorFlow, noReact],
  ),
  importsOf(
    'main/server',
    '\\.\\./shared/|core/',
    'A host imports the core and shared/ alone: move what two hosts need to main/core/.',
    [noTensorFlow, noElectron, noReact],
  ),
  importsOf(
    'main/cli',
    '\\.\\./shared/|core/|server/',
    'The command line imports the core, the web host and shared/ alone: move what it needs to main/core/.',
    [noTensorFlow, noElectron, noReact],
  ),
  importsOf(
    'preload',
    'shared/rpc/',
    'The bridge is the pipe and nothing else: do this in renderer/ or main/electron/.',
    [noTensorFlow, noReact],
  ),
  importsOf(
    'renderer',
    'shared/',
    'The page imports shared/ alone: add a message to shared/rpc/contract.ts and call the core.',
    [
      {
        regex: '^node:',
        message: 'The page has no Node.js: add a message to shared/rpc/contract.ts and call the core.',
      },
      noTensorFlow,
      noElectron,
    ],
  ),
  prettier,
);
