import { analyze } from '../graph/analyze.ts';
import { applyEdit } from '../graph/applyEdit.ts';
import { trainingProblems } from '../graph/preflight.ts';
import { standingOf } from '../graph/standing.ts';
import en from '../i18n/en.json' with { type: 'json' };
import zhTW from '../i18n/zh-TW.json' with { type: 'json' };
import { shapeText } from '../layers/shape.ts';
import type { Fix, Problem, ProblemCode } from '../problem.ts';
import type { ProblemExample } from './example.ts';
import { problemExamples } from './examples.ts';
import { exampleDocument, problemsOf } from './raise.ts';

const chapters: readonly {
  readonly title: string;
  readonly types: readonly ProblemExample['type'][];
  readonly about: string;
}[] = [
  {
    title: 'Networks',
    types: ['network', 'memory'],
    about:
      'Of what is drawn, and of how it fits its dataset. Errors stand against training; warnings do not. What a network only lacks while it is being built – a dataset, weights, an end that gives the classes – is shown as its next step. What only follows from an error waits for it and says nothing.',
  },
  {
    title: 'Wires that are refused',
    types: ['edge'],
    about: 'Said while a wire is drawn. The network stays as it is, so there is nothing to mend.',
  },
  {
    title: 'Project files',
    types: ['file'],
    about: 'Of files that are not opened. They are left untouched.',
  },
  {
    title: 'Model files',
    types: ['model', 'weights', 'bytes', 'text'],
    about:
      'Of networks that Keras or TensorFlow.js wrote, and of files that are none: errors where it is not opened, warnings of what was left behind.',
  },
  {
    title: 'Machine, runs and actions',
    types: ['machine'],
    about: 'Trouble that no file raises.',
  },
];

/** `docs/problems.md`: every problem with its cause, and what its example says and offers. */
export function problemCatalogue(): string {
  const codes = Object.keys(en.problem) as ProblemCode[];
  const parts = chapters.map(({ title, types, about }) => {
    const own = codes.filter((code) => types.includes(problemExamples[code].type));
    return [`## ${title}`, about, ...own.map(section)].join('\n\n');
  });
  return [
    '# Problems',
    'Made by `npm run problems` from the code; a test keeps it current, raises every example, and carries out every mending.',
    ...parts,
    '',
  ].join('\n\n');
}

function section(code: ProblemCode): string {
  const example = problemExamples[code];
  const raised = problemsOf(example).find((problem) => problem.code === code);
  return [
    `### ${code}`,
    `${example.cause}${raised === undefined ? '' : standingText(example, raised)}`,
    `- English: ${escaped(en.problem[code])}\n- 繁體中文：${escaped(zhTW.problem[code])}`,
    ...exampleText(example),
    ...(raised === undefined ? [] : [`> ${escaped(raised.message)}`, ...mendings(example, raised)]),
  ].join('\n\n');
}

function standingText(example: ProblemExample, raised: Problem): string {
  if (raised.severity === 'warning') return ' A warning.';
  if (example.type !== 'network') return '';
  const standing = standingOf(raised, analyze(exampleDocument(example.project)));
  return standing === 'step' ? ' Shown as the next step.' : '';
}

function exampleText(example: ProblemExample): readonly string[] {
  switch (example.type) {
    case 'network':
    case 'edge':
    case 'memory':
      return [`Example: ${drawn(example.project)}`];
    case 'file':
      return [fenced(example.project)];
    case 'model':
      return [fenced(example.model)];
    case 'weights':
      return [fenced(example.manifest)];
    case 'text':
      return [fenced(example.text)];
    case 'bytes':
    case 'machine':
      return [];
  }
}

function drawn(project: object): string {
  const { nodes, edges } = exampleDocument(project);
  if (nodes.length === 0) return 'a project without layers.';
  const layers = nodes.map(({ id, kind, params }) => {
    const given = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
    return `\`${id}\` ${[kind, ...given].join(', ')}`;
  });
  const wires = edges.map(({ source, target }) => `${source} → ${target}`);
  return `${layers.join('; ')}. ${wires.length === 0 ? 'No wires.' : `Wires: ${wires.join(', ')}.`}`;
}

function fenced(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `\`\`\`text\n${text}\n\`\`\``;
}

function mendings(example: ProblemExample, { fixes, nodeId }: Problem): readonly string[] {
  if (fixes.length === 0 || !('project' in example) || example.type === 'file') return [];
  const rows = fixes.map((fix) => `- ${fix.label}${outcome(exampleDocument(example.project), fix, nodeId)}`);
  return [`Mendings:`, rows.join('\n')];
}

function outcome(document: ReturnType<typeof exampleDocument>, fix: Fix, nodeId: string | undefined): string {
  const mended = applyEdit(document, fix.edit);
  const analysis = analyze(mended);
  const layer = analysis.layers.get(nodeId ?? '') ?? analysis.layers.get(analysis.outputId ?? '');
  const left = trainingProblems(mended, analysis).length;
  const shape = layer?.outputShape == null ? '' : `: \`${layer.id}\` → ${shapeText(layer.outputShape)}`;
  return `${shape}${left === 0 ? '' : ` (${String(left)} left)`}`;
}

/** Places such as {{layer}} are no HTML and no emphasis. */
function escaped(text: string): string {
  return text
    .replaceAll('{{', '\u2039')
    .replaceAll('}}', '\u203a')
    .replaceAll('_', '\\_')
    .replaceAll('*', '\\*');
}
