import { documentLimits, tooMany, type Document, type DocumentEdge } from '../document.ts';
import type { Shape } from '../layers/shape.ts';
import { failed, fine, problem, type Problem, type Result } from '../problem.ts';
import { analyze } from './analyze.ts';
import { blockSizeOf, copyInside, nextName, withoutEmptyBlocks } from './blockEdits.ts';
import { changed, frameRects, itemPosition, moveItems } from './blockFrames.ts';
import { layerBox } from './layerBox.ts';
import { blockItemId, blockTree, membersOf, visibleGraph } from './blocks.ts';
import { removeNodes, type Position } from './edit.ts';
import { linkedWith, withLink } from './linkedBlocks.ts';

/** Between one block and the next of a chain, in canvas pixels. */
const gap = 68;

/** The wires of a block from and to the outside. */
interface Ends {
  readonly incoming: readonly DocumentEdge[];
  readonly outgoing: readonly DocumentEdge[];
  /** Layers outside that feed it. */
  readonly sources: ReadonlySet<string>;
  /** Layers of it that feed the outside; where none does, those that feed nothing. */
  readonly exits: ReadonlySet<string>;
}

function endsOf(document: Document, id: string): Ends {
  const members = membersOf(document, id);
  const incoming = document.edges.filter(({ source, target }) => !members.has(source) && members.has(target));
  const outgoing = document.edges.filter(({ source, target }) => members.has(source) && !members.has(target));
  const feeding = new Set(document.edges.map(({ source }) => source));
  const exits = new Set(outgoing.map(({ source }) => source));
  return {
    incoming,
    outgoing,
    sources: new Set(incoming.map(({ source }) => source)),
    exits: exits.size > 0 ? exits : new Set([...members].filter((member) => !feeding.has(member))),
  };
}

/** The linked blocks that a block stands in a row with, each feeding the next alone. */
export function chainOf(document: Document, id: string): readonly string[] {
  const group = linkedWith(document, id).map((block) => block.id);
  const owner = new Map(
    group.flatMap((block) => [...membersOf(document, block)].map((node) => [node, block])),
  );
  const next = new Map<string, string>();
  const before = new Map<string, string>();
  for (const block of group) {
    const { outgoing, exits } = endsOf(document, block);
    const targets = new Set(outgoing.map(({ target }) => owner.get(target)));
    const [follower] = targets;
    if (targets.size !== 1 || exits.size !== 1 || follower === undefined || follower === block) continue;
    if (endsOf(document, follower).sources.size !== 1) continue;
    next.set(block, follower);
    before.set(follower, block);
  }
  const chain = [id];
  for (let at = before.get(id); at !== undefined && !chain.includes(at); at = before.get(at))
    chain.unshift(at);
  for (let at = next.get(id); at !== undefined && !chain.includes(at); at = next.get(at)) chain.push(at);
  return chain;
}

/**
 * Makes the row of linked blocks that a block stands in `count` long: further ones come behind its end, each fed by
 * the one before; where there are too many, the last ones go. What the row fed is fed by its new end. Refused where
 * the block has not one source and one end, or does not take what it gives.
 */
export function repeatBlock(document: Document, id: string, count: number): Result<Document> {
  const chain = chainOf(document, id);
  if (!blockTree(document).byId.has(id) || count === chain.length) return fine(document);
  const { sources, exits } = endsOf(document, id);
  const name = nameOf(document, id);
  if (sources.size !== 1 || exits.size !== 1)
    return failed(
      problem('repeat-needs-one-way', { block: name, inputs: sources.size, outputs: exits.size }),
    );
  return count < chain.length
    ? fine(shortened(document, chain, Math.max(1, count)))
    : lengthened(document, chain, count);
}

function nameOf(document: Document, id: string): string {
  const name = blockTree(document).byId.get(id)?.name ?? '';
  return name === '' ? id : name;
}

function shortened(document: Document, chain: readonly string[], count: number): Document {
  const last = chain[count - 1] ?? '';
  const dropped = chain.slice(count);
  const step = blockSizeOf(document, last).width + gap;
  const [exit] = endsOf(document, last).exits;
  const { outgoing } = endsOf(document, chain.at(-1) ?? '');
  const moved = new Set(outgoing);
  const rewired = {
    ...document,
    edges: document.edges.map((edge) =>
      moved.has(edge) && exit !== undefined ? { ...edge, source: exit } : edge,
    ),
  };
  const edge = rightOf(document, chain.at(-1) ?? '');
  const gone = new Set(dropped.flatMap((block) => [...membersOf(document, block)]));
  const shorter = withoutEmptyBlocks(removeNodes(rewired, gone));
  const alone = linkedWith(shorter, last).length === 1 ? withoutLink(shorter, last) : shorter;
  return shiftRight(alone, edge, -step * dropped.length);
}

function withoutLink(document: Document, id: string): Document {
  return changed(document, {
    block(block) {
      if (block.id !== id) return block;
      const { link: _link, ...loose } = block;
      return loose;
    },
  });
}

function lengthened(document: Document, chain: readonly string[], count: number): Result<Document> {
  const end = chain.at(-1) ?? '';
  const more = count - chain.length;
  const many = tooMany(
    'nodes',
    document.nodes.length + more * membersOf(document, end).size,
    documentLimits.nodes,
  );
  if (many !== undefined) return failed(many);
  const step = blockSizeOf(document, end).width + gap;
  let longer = shiftRight(withLink(document, end), rightOf(document, end), step * more);
  let last = end;
  const names = new Set(longer.blocks.map(({ name }) => name));
  for (let index = 0; index < more; index += 1) {
    const name = nextName(blockTree(longer).byId.get(last)?.name ?? '', names);
    names.add(name);
    const { incoming, outgoing, exits } = endsOf(longer, last);
    const copied = copyInside(longer, last, { x: step, y: 0 });
    const at = (id: string) => copied.nodes.get(id) ?? id;
    const [exit = ''] = exits;
    const kept = copied.document.edges.map((edge) =>
      outgoing.includes(edge) ? { ...edge, source: at(edge.source) } : edge,
    );
    const joints = incoming.map((edge) => ({ ...edge, source: exit, target: at(edge.target) }));
    const fed = { ...copied.document, edges: [...kept, ...joints] };
    longer = changed(fed, { block: (block) => (block.id === copied.id ? { ...block, name } : block) });
    last = copied.id;
  }
  const refused = misfit(document, longer, end);
  return refused === undefined ? fine(longer) : failed(refused);
}

/** What is wrong inside the new blocks: they do not take what the block before gives. */
function misfit(before: Document, after: Document, id: string): Problem | undefined {
  const known = new Set(before.nodes.map((node) => node.id));
  const analysis = analyze(after);
  const wrong = analysis.problems.find(
    ({ severity, nodeId }) => severity === 'error' && nodeId !== undefined && !known.has(nodeId),
  );
  if (wrong === undefined) return undefined;
  const { sources, exits } = endsOf(before, id);
  const shapeOf = ([layer = '']: Iterable<string>) => {
    const shape: Shape | null | undefined = analysis.layers.get(layer)?.outputShape;
    return shape == null ? '?' : shape.join(' × ');
  };
  const [block, input, output] = [nameOf(before, id), shapeOf(sources), shapeOf(exits)];
  const { message: reason } = wrong;
  return problem(
    'repeat-does-not-fit',
    { block, input, output, reason },
    { expected: input, received: output },
  );
}

/** The right edge of a block as it is drawn; `null` where it is hidden. */
function rightOf(document: Document, id: string): number | null {
  const graph = visibleGraph(document);
  const frame = frameRects(graph).get(id);
  if (frame !== undefined) return frame.x + frame.width;
  const item = graph.items.find((candidate) => candidate.id === blockItemId(id));
  return item === undefined ? null : itemPosition(item).x + layerBox.width;
}

function shiftRight(document: Document, edge: number | null, by: number): Document {
  if (edge === null) return document;
  const places = new Map<string, Position>();
  for (const item of visibleGraph(document).items) {
    const { x, y } = itemPosition(item);
    if (x >= edge) places.set(item.id, { x: x + by, y });
  }
  return moveItems(document, places);
}
