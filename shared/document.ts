import { z } from 'zod';

import { blockSchema, checkBlocks, type DocumentBlock } from './blocks.ts';
import { datasets } from './datasets/index.ts';
import { issueProblem } from './fileIssues.ts';
import type { ParamValues } from './graph/edits.ts';
import { flowOf, flowOfPlaces, withFlow, type Flow } from './graph/flow.ts';
import { findLayer, layers } from './layers/index.ts';
import { checkParams, receivedText } from './layers/paramValues.ts';
import { migrate } from './migrations.ts';
import { failed, fine, problem, type Problem, type Result } from './problem.ts';
import { defaultTraining, parseTraining, type TrainingConfig } from './training/config.ts';
import { checkPlainData, parseJson, printable } from './plainData.ts';
import { cleanName, coordinate, documentLimits, idPattern, nameSchema } from './documentParts.ts';

export { cleanName, documentLimits, idPattern };
export type { DocumentBlock };

export const formatName = 'convas-project';
export const currentVersion = 2;

/** Colours that people mark layers and blocks with; renderer/ui/tokens.css says what they look like. */
export const markColors = ['slate', 'blue', 'teal', 'green', 'amber', 'rose', 'violet'] as const;
export type MarkColor = (typeof markColors)[number];

/** One layer on the canvas. `position` is its upper left corner in canvas pixels. */
export interface DocumentNode {
  readonly id: string;
  /** Keras class name. */
  readonly kind: string;
  /** What people call it, where they do. */
  readonly name?: string | undefined;
  /** In the normal form; what is missing takes TensorFlow.js's default. */
  readonly params: ParamValues;
  readonly position: { readonly x: number; readonly y: number };
  /** What people note down about it. */
  readonly comment?: string | undefined;
  readonly color?: MarkColor | undefined;
  /** Cannot be moved, changed or removed until it is unlocked. */
  readonly locked?: true | undefined;
  /** Names of the params that still follow the dataset and the neighbours, because nobody has touched them. */
  readonly automatic?: readonly string[] | undefined;
  /** The layer whose weights it uses; that one has the same kind and params, and weights of its own. */
  readonly sharedWith?: string | undefined;
  /** `false` where training leaves its weights as they are. */
  readonly trainable?: false | undefined;
  /** Its result is an output of the network although other layers read it. */
  readonly output?: true | undefined;
  /** The block that it stands in. */
  readonly block?: string | undefined;
  /** What it is within its block: in linked blocks, the layers of one part are alike. */
  readonly part?: string | undefined;
  /** Kept verbatim: for other programs. */
  readonly extra?: unknown;
}

export interface DocumentEdge {
  readonly source: string;
  readonly target: string;
  /** `input_0`, `input_1`, … into a layer that takes several inputs; absent otherwise. */
  readonly targetHandle?: string | undefined;
}

/** A project: the drawn network, what it learns from, and how. Saved as a `.convas` file. */
export interface Document {
  readonly format: typeof formatName;
  readonly version: typeof currentVersion;
  readonly name: string;
  readonly nodes: readonly DocumentNode[];
  readonly edges: readonly DocumentEdge[];
  /** Layers that are grouped; each layer says which block it stands in. */
  readonly blocks: readonly DocumentBlock[];
  /** The way in which it is drawn; to the right where nothing is said. */
  readonly flow?: Flow | undefined;
  readonly dataset: { readonly kind: string } | null;
  readonly training: TrainingConfig;
  readonly extra?: unknown;
}

const handlePattern = /^input_(0|[1-9]\d{0,4})$/;

/** As many as anyone reads; a hostile file could have millions. */
const maxProblems = 100;

// zod's own record would look at millions of names before anyone says that none of them is known.
const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const nodeSchema = z.strictObject({
  id: z.string().regex(idPattern),
  kind: z.string().max(64),
  name: nameSchema.optional(),
  params: z.custom<ParamValues>(isRecord).default({}),
  position: z.strictObject({ x: coordinate, y: coordinate }).default({ x: 0, y: 0 }),
  comment: z.string().max(documentLimits.comment).optional(),
  color: z.enum(markColors).optional(),
  locked: z.literal(true).optional(),
  automatic: z.array(z.string().max(64)).max(32).optional(),
  sharedWith: z.string().max(64).optional(),
  trainable: z.literal(false).optional(),
  output: z.literal(true).optional(),
  block: z.string().max(64).optional(),
  part: z.string().regex(idPattern).optional(),
  extra: z.unknown().optional(),
});
const edgeSchema = z.strictObject({
  source: z.string().max(64),
  target: z.string().max(64),
  targetHandle: z.string().regex(handlePattern).optional(),
});
const documentSchema = z.strictObject({
  format: z.literal(formatName),
  version: z.literal(currentVersion),
  name: nameSchema.default(''),
  nodes: z.array(nodeSchema).max(documentLimits.nodes),
  edges: z.array(edgeSchema).max(documentLimits.edges),
  blocks: z.array(blockSchema).max(documentLimits.blocks).default([]),
  flow: z.enum(['right', 'down']).optional(),
  dataset: z
    .strictObject({ kind: z.string().max(64) })
    .nullable()
    .default(null),
  training: z.unknown().optional(),
  extra: z.unknown().optional(),
});

export function emptyDocument(name = ''): Document {
  return {
    format: formatName,
    version: currentVersion,
    name,
    nodes: [],
    edges: [],
    blocks: [],
    dataset: { kind: 'mnist' },
    training: defaultTraining,
  };
}

/** Whether parsed JSON says that it is a project, of whatever version. */
export function isProject(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'format' in data && data.format === formatName;
}

/** Reads a project file's text. Never throws; says what is wrong and where. */
export function parseDocument(text: string): Result<Document> {
  const parsed = parseJson(text);
  return parsed.ok ? readProject(parsed.value) : parsed;
}

/**
 * Reads a project file from JSON that is parsed already, older versions included. A file need not say which way it is
 * drawn: then the places of its layers tell.
 */
export function readProject(data: unknown): Result<Document> {
  const read = readDocument(data);
  const isSaid = isProject(data) && (data as { flow?: unknown }).flow !== undefined;
  return !read.ok || isSaid ? read : fine(withFlow(read.value, flowOfPlaces(read.value)));
}

/**
 * Reads a project from JSON that is parsed already, older versions included, and changes nothing about one that is as
 * the program holds it: its layers may have been moved since it was arranged.
 */
export function readDocument(data: unknown): Result<Document> {
  const plain = checkPlainData(data);
  if (plain !== undefined) return failed(plain);
  if (!isProject(data)) return failed(problem('not-a-project'));
  const sizes = data as { nodes?: unknown; edges?: unknown; blocks?: unknown };
  for (const [what, limit] of [
    ['nodes', documentLimits.nodes],
    ['edges', documentLimits.edges],
    ['blocks', documentLimits.blocks],
  ] as const) {
    const list = sizes[what];
    const many = Array.isArray(list) ? tooMany(what, list.length, limit) : undefined;
    if (many !== undefined) return failed(many);
  }
  const migrated = migrate(data as Record<string, unknown>);
  if (!migrated.ok) return migrated;
  const shape = documentSchema.safeParse(migrated.value);
  if (!shape.success) return failed(issueProblem(shape.error, migrated.value));
  const {
    format,
    version,
    name,
    nodes,
    edges,
    blocks: givenBlocks,
    flow: givenFlow,
    dataset: givenDataset,
    training: givenTraining,
    extra,
  } = shape.data;
  const training = parseTraining(givenTraining === undefined ? {} : givenTraining);
  const readNodes = checkNodes(nodes);
  const readEdges = checkEdges(edges, nodes);
  const shared = checkShared(nodes);
  const blocks = checkBlocks(givenBlocks, nodes);
  const dataset = checkDataset(givenDataset);
  const problems = [training, readNodes, readEdges, shared, blocks, dataset].flatMap((result) =>
    result.ok ? [] : result.problems,
  );
  if (!training.ok || !readNodes.ok || !readEdges.ok || !shared.ok || !blocks.ok || !dataset.ok) {
    return { ok: false, problems: problems.slice(0, maxProblems) };
  }
  const read: Document = {
    format,
    version,
    name,
    nodes: readNodes.value,
    edges: readEdges.value,
    blocks: blocks.value,
    dataset: dataset.value,
    training: training.value,
    ...(extra === undefined ? {} : { extra }),
  };
  return fine(withFlow(read, givenFlow ?? 'right'));
}

/** What to say against a list of `received` layers or edges, where that is more than can be opened. */
export function tooMany(what: string, received: number, limit: number): Problem | undefined {
  if (received <= limit) return undefined;
  return problem(
    'too-many',
    { what, received, limit },
    { expected: `at most ${String(limit)}`, received: String(received) },
  );
}

/** Layers' keys in the order in which files have them, however a layer came about, so that files can be compared. */
const nodeKeys = Object.keys(nodeSchema.shape) as (keyof DocumentNode)[];

/** The text of a project file. */
export function serializeDocument(document: Document): string {
  const nodes = document.nodes.map((node) =>
    Object.fromEntries(nodeKeys.flatMap((key) => (node[key] === undefined ? [] : [[key, node[key]]]))),
  );
  const { flow: _own, ...rest } = document;
  const flow = flowOf(document);
  // The places of the layers tell of it, unless they were moved since.
  const said = flow === flowOfPlaces(document) ? {} : { flow };
  return `${JSON.stringify({ ...rest, nodes, ...said }, null, 2)}\n`;
}

function checkDataset(dataset: Document['dataset']): Result<Document['dataset']> {
  if (dataset === null || datasets.has(dataset.kind)) return fine(dataset);
  const expected = [...datasets.keys()].join(', ');
  const received = printable(dataset.kind);
  return failed(problem('unknown-dataset', { received, expected }, { expected, received }));
}

function checkNodes(nodes: readonly z.infer<typeof nodeSchema>[]): Result<readonly DocumentNode[]> {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const read = nodes.map((node): DocumentNode => {
    if (seen.has(node.id)) problems.push(problem('duplicate-id', { id: node.id }, { nodeId: node.id }));
    seen.add(node.id);
    const spec = findLayer(node.kind);
    if (spec === undefined) {
      problems.push(
        problem(
          'unknown-layer',
          { id: node.id, kind: receivedText(node.kind) },
          { nodeId: node.id, expected: [...layers.keys()].join(', '), received: receivedText(node.kind) },
        ),
      );
      return node;
    }
    const checked = checkParams(spec.params, node.params, node.id, node.id);
    if (!checked.ok) {
      problems.push(...checked.problems);
      return node;
    }
    return { ...node, params: checked.params };
  });
  return problems.length === 0 ? fine(read) : { ok: false, problems };
}

/** Shared weights are those of a layer that is there, and another. */
function checkShared(
  nodes: readonly { readonly id: string; readonly sharedWith?: string | undefined }[],
): Result<null> {
  const ids = new Set(nodes.map(({ id }) => id));
  const problems = nodes.flatMap(({ id, sharedWith }) =>
    sharedWith === undefined || (sharedWith !== id && ids.has(sharedWith))
      ? []
      : [problem('no-such-owner', { id, owner: printable(sharedWith) }, { nodeId: id })],
  );
  return problems.length === 0 ? fine(null) : { ok: false, problems };
}

/** Edges with both ends there, none twice, and a handle just where the target takes several inputs. */
function checkEdges(
  edges: readonly DocumentEdge[],
  nodes: readonly { id: string; kind: string }[],
): Result<readonly DocumentEdge[]> {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const taken = new Map<string, Set<string>>();
  for (const { target, targetHandle } of edges) {
    if (targetHandle === undefined) continue;
    const handles = taken.get(target) ?? new Set();
    taken.set(target, handles.add(targetHandle));
  }
  const free = new Map<string, number>();
  const read: DocumentEdge[] = [];
  for (const { source, target, targetHandle } of edges) {
    const missing = [source, target].find((end) => !kinds.has(end));
    if (missing !== undefined) {
      const ends = { source: printable(source), target: printable(target), missing: printable(missing) };
      problems.push(problem('dangling-edge', ends));
      continue;
    }
    const values = { source, target };
    const several = (findLayer(kinds.get(target) ?? '')?.inputs.max ?? 1) > 1;
    const key = `${source} ${target} ${several ? (targetHandle ?? '') : ''}`;
    if (seen.has(key)) {
      problems.push(problem('duplicate-edge', values, { nodeId: target }));
      continue;
    }
    seen.add(key);
    if (!several) {
      if (targetHandle !== undefined && targetHandle !== 'input_0') {
        problems.push(problem('no-such-handle', { ...values, handle: targetHandle }, { nodeId: target }));
      }
      read.push({ source, target });
      continue;
    }
    if (targetHandle !== undefined) {
      read.push({ source, target, targetHandle });
      continue;
    }
    const handles = taken.get(target) ?? new Set();
    taken.set(target, handles);
    // Looks on from the last one: to start over each time is quadratic in a crowded layer.
    const handle = freeHandle(handles, free.get(target));
    free.set(target, Number(handle.slice('input_'.length)) + 1);
    read.push({ source, target, targetHandle: handle });
  }
  for (const [target, handles] of repeatedHandles(read)) {
    problems.push(problem('handle-taken', { target, handle: handles }, { nodeId: target }));
  }
  return problems.length === 0 ? fine(read) : { ok: false, problems };
}

/** The first of `input_0`, `input_1`, … that is not among `taken`; takes it. Looks from number `from` on. */
export function freeHandle(taken: Set<string>, from = 0): string {
  let index = from;
  while (taken.has(`input_${String(index)}`)) index += 1;
  const handle = `input_${String(index)}`;
  taken.add(handle);
  return handle;
}

function repeatedHandles(
  edges: readonly DocumentEdge[],
): readonly (readonly [target: string, handle: string])[] {
  const seen = new Set<string>();
  const repeated: [string, string][] = [];
  for (const { target, targetHandle } of edges) {
    if (targetHandle === undefined) continue;
    const key = `${target} ${targetHandle}`;
    if (seen.has(key)) repeated.push([target, targetHandle]);
    seen.add(key);
  }
  return repeated;
}
