import type { KindValue } from '../layers/params.ts';

/** What a setting of a weight is written as: a name, or `{ class_name, config }` (`className` in TensorFlow.js's memory). */
interface Written {
  readonly class_name?: unknown;
  readonly className?: unknown;
  readonly config?: Readonly<Record<string, unknown>> | null;
}

/** Keras's named cases of VarianceScaling, as TensorFlow.js writes them. */
const scalings: ReadonlyMap<string, string> = new Map([
  ['1 fanAvg uniform', 'glorotUniform'],
  ['1 fanAvg normal', 'glorotNormal'],
  ['2 fanIn uniform', 'heUniform'],
  ['2 fanIn normal', 'heNormal'],
  ['1 fanIn uniform', 'leCunUniform'],
  ['1 fanIn normal', 'leCunNormal'],
]);

const names: Readonly<Record<string, string>> = {
  lecunUniform: 'leCunUniform',
  lecunNormal: 'leCunNormal',
  identityInitializer: 'identity',
  orthogonalInitializer: 'orthogonal',
  l1L2: 'l1l2',
};

/**
 * An initializer, regularizer or constraint of a model.json as a value of its param. What it does not know it gives
 * back as it is, for the param's own check to refuse.
 */
export function settingFrom(written: unknown): unknown {
  if (typeof written === 'string') return { kind: kindFrom(written) };
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return written;
  const { class_name: snake, className = snake, config } = written as Written;
  if (typeof className !== 'string') return written;
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(config ?? {})) {
    // Seeds follow from the document's; types are the layer's.
    if (name === 'seed' || name === 'dtype' || value === null) continue;
    const word = typeof value === 'string' && name !== 'class_name' ? camelCase(value) : value;
    values[camelCase(name)] = name === 'axis' && typeof value === 'number' ? [value] : word;
  }
  const kind = kindFrom(className);
  if (kind === 'varianceScaling') return scalingFrom(values);
  if (kind === 'l1l2') return penaltyFrom(values);
  // Those are VarianceScaling with its numbers written out once more.
  return { kind, ...([...scalings.values()].includes(kind) ? {} : values) };
}

function scalingFrom(values: Readonly<Record<string, unknown>>): KindValue {
  // TensorFlow.js's and Keras's normal is cut off at two deviations; Keras 3 says so in its name.
  const distribution = values['distribution'] === 'truncatedNormal' ? 'normal' : values['distribution'];
  const named = scalings.get([values['scale'], values['mode'], distribution].join(' '));
  if (named !== undefined) return { kind: named };
  return { kind: 'varianceScaling', ...values, ...(distribution === undefined ? {} : { distribution }) };
}

function penaltyFrom({ l1 = 0, l2 = 0, ...more }: Readonly<Record<string, unknown>>): KindValue | null {
  if (l1 === 0 && l2 === 0) return null;
  if (l2 === 0) return { kind: 'l1', l1, ...more };
  return l1 === 0 ? { kind: 'l2', l2, ...more } : { kind: 'l1l2', l1, l2, ...more };
}

/** TensorFlow.js's name of `GlorotUniform` or `glorot_uniform`. */
function kindFrom(name: string): string {
  const camel = camelCase(name);
  const kind = camel.charAt(0).toLowerCase() + camel.slice(1);
  return Object.hasOwn(names, kind) ? (names[kind] ?? kind) : kind;
}

function camelCase(word: string): string {
  return word.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
