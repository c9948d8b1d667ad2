import type { Node } from '@xyflow/react';

import type { Document, DocumentBlock } from '../../shared/document.ts';
import type { Rect } from '../../shared/graph/blockFrames.ts';
import { framesWhile } from '../../shared/graph/blockHomes.ts';
import {
  blockItemId,
  blockOfItem,
  blockTree,
  membersOf,
  outputPort,
  type BlockItem,
  type VisibleGraph,
} from '../../shared/graph/blocks.ts';
import type { Position } from '../../shared/graph/edit.ts';
import type { Analysis } from '../../shared/graph/analyze.ts';
import type { Flow } from '../../shared/graph/flow.ts';
import { linkedWith } from '../../shared/graph/linkedBlocks.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import type { Shape } from '../../shared/layers/shape.ts';
import type { Category } from '../../shared/layers/spec.ts';
import type { Problem } from '../../shared/problem.ts';
import { sameProblem } from '../state/analysis.ts';
import { blockHeight, blockWidth, handleBox } from '../canvas/blockSize.ts';
import type { VolumeScale } from '../../shared/picture/volume.ts';

/** What every block is drawn from, collapsed or not. */
interface BlockFacts {
  readonly block: DocumentBlock;
  readonly count: number;
  /** Which of how many linked blocks it is; `of` is 0 where it is linked with none. */
  readonly number: number;
  readonly of: number;
  /** What comes out of it. */
  readonly shape: Shape | null;
  /** The first thing that is wrong in it, errors first, and how many things are. */
  readonly problem: Problem | undefined;
  readonly problems: number;
}

export type CollapsedData = Record<string, unknown> &
  BlockFacts & {
    readonly layers: readonly string[];
    readonly params: number;
    readonly macs: number;
    /** Of the network's parameters, 0 to 1. */
    readonly share: number;
    readonly scale: VolumeScale;
    readonly category: Category;
    readonly inputHandles: readonly string[];
    readonly outputHandles: readonly string[];
    /** Whether a layer within it is selected, and not all of it. */
    readonly holdsSelected: boolean;
    readonly pictures: boolean;
    readonly flow: Flow;
  };
export type CollapsedNode = Node<CollapsedData, 'collapsed'>;

export type FrameData = Record<string, unknown> &
  BlockFacts & { readonly label: string; readonly selected: boolean };
export type FrameNode = Node<FrameData, 'frame'>;

/** A block's description for screen readers. */
export type BlockLabel = (facts: BlockFacts & { readonly collapsed: boolean }) => string;

interface BlockFlowInput {
  readonly document: Document;
  readonly graph: VisibleGraph;
  readonly analysis: Analysis;
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  readonly selection: ReadonlySet<string>;
  readonly selectedBlock: string | null;
  readonly moving: ReadonlyMap<string, Position>;
  readonly pictures: boolean;
  readonly flow: Flow;
  readonly scale: VolumeScale;
  /** All parameters of the network. */
  readonly total: number;
  readonly blockLabel: BlockLabel;
}

interface Kept<T> {
  readonly key: Readonly<Record<string, unknown>>;
  readonly node: T;
}

/** Makes React Flow's nodes for blocks, and keeps the object of each that is as it was. */
export function createBlockFlow() {
  let kept = new Map<string, Kept<CollapsedNode | FrameNode>>();
  const keep = <T extends CollapsedNode | FrameNode>(
    next: typeof kept,
    id: string,
    key: Kept<T>['key'],
    make: () => T,
  ): T => {
    const before = kept.get(id);
    const same = before !== undefined && sameKey(before.key, key);
    const node = same ? (before.node as T) : make();
    next.set(id, { key: same ? before.key : key, node });
    return node;
  };

  return {
    /** What an item is called in the description of a wire. */
    nameOf(itemId: string, document: Document): string {
      const id = blockOfItem(itemId);
      return id === undefined ? itemId : nameOfBlock(document, id);
    },
    nodesOf(input: BlockFlowInput): { readonly frames: FrameNode[]; readonly collapsed: CollapsedNode[] } {
      const { document, graph, moving, pictures } = input;
      const next: typeof kept = new Map();
      const collapsed = graph.items.flatMap((item) => {
        if (item.type === 'layer') return [];
        const key = collapsedKey(input, item);
        return [keep(next, item.id, key, () => collapsedNode(key, input.blockLabel))];
      });
      const rects =
        graph.frames.length === 0
          ? new Map<string, Rect>()
          : framesWhile(graph, moving, blockHeight(pictures));
      const frames = graph.frames.flatMap((block, depth) => {
        const rect = rects.get(block.id);
        if (rect === undefined) return [];
        const members = [...membersOf(document, block.id)];
        const { leaving, ...facts } = factsOf(input, block, members);
        const id = blockItemId(block.id);
        const selected = input.selectedBlock === block.id;
        const label = input.blockLabel({ ...facts, collapsed: false });
        const key = { ...facts, ...rect, selected, label, depth, leaving };
        return [keep(next, id, key, () => frameNode(facts, rect, { id, selected, label, depth }))];
      });
      kept = next;
      return { frames, collapsed };
    },
  };
}

function sameKey(a: Kept<unknown>['key'], b: Kept<unknown>['key']): boolean {
  return Object.keys(a).every((name) =>
    name === 'problem'
      ? a[name] === b[name] || (isProblem(a[name]) && isProblem(b[name]) && sameProblem(a[name], b[name]))
      : Object.is(a[name], b[name]),
  );
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'message' in value && 'fixes' in value;
}

/** What a block is called where it has no name. */
export function nameOfBlock(document: Document, id: string): string {
  const name = blockTree(document).byId.get(id)?.name ?? '';
  return name === '' ? id : name;
}

function factsOf(
  { document, analysis, problems }: BlockFlowInput,
  block: DocumentBlock,
  members: readonly string[],
): BlockFacts & { readonly leaving: string | undefined } {
  const inside = new Set(members);
  const leaves = (id: string) =>
    (analysis.topology.outgoing.get(id) ?? []).some(({ target }) => !inside.has(target));
  const leaving =
    members.find(leaves) ?? members.findLast((id) => (analysis.topology.outgoing.get(id) ?? []).length === 0);
  const all = members.flatMap((id) => problems.get(id) ?? []);
  const group = block.link === undefined ? [] : linkedWith(document, block.id);
  return {
    block,
    count: members.length,
    number: group.findIndex(({ id }) => id === block.id) + 1,
    of: group.length > 1 ? group.length : 0,
    shape: analysis.layers.get(leaving ?? '')?.outputShape ?? null,
    problem: all.find(({ severity }) => severity === 'error') ?? all[0],
    problems: all.length,
    leaving,
  };
}

type CollapsedKey = ReturnType<typeof collapsedKey>;

function collapsedKey(input: BlockFlowInput, item: BlockItem) {
  const { analysis, selection, moving, pictures, flow, scale, total } = input;
  const { leaving, ...facts } = factsOf(input, item.block, item.layers);
  let [params, macs, chosen] = [0, 0, 0];
  for (const id of item.layers) {
    const layer = analysis.layers.get(id);
    params += (layer?.params.trainable ?? 0) + (layer?.params.nonTrainable ?? 0);
    macs += layer?.macs ?? 0;
    if (selection.has(id)) chosen += 1;
  }
  const kind = analysis.layers.get(leaving ?? '')?.kind;
  return {
    ...facts,
    members: item.layers.join(' '),
    params,
    macs,
    share: total === 0 ? 0 : Math.round((params / total) * 200) / 200,
    scale,
    pictures,
    flow,
    category: kind === undefined ? ('shape' as const) : layerSpec(kind).category,
    inputs: item.inputs.map(({ id }) => id).join(' '),
    outputs: item.outputs.map(outputPort).join(' '),
    selected: chosen === item.layers.length,
    holdsSelected: chosen > 0 && chosen < item.layers.length,
    position: moving.get(item.id) ?? item.block.position,
    label: input.blockLabel,
  };
}

const words = (text: string) => (text === '' ? [] : text.split(' '));

function collapsedNode(key: CollapsedKey, label: BlockLabel): CollapsedNode {
  const { members, inputs, outputs, selected, position, label: _label, ...data } = key;
  const [inputHandles, outputHandles] = [words(inputs), words(outputs)];
  const height = blockHeight(data.pictures);
  return {
    id: blockItemId(data.block.id),
    type: 'collapsed',
    position: { ...position },
    selected,
    width: blockWidth,
    height,
    measured: { width: blockWidth, height },
    handles: [
      ...inputHandles.map((id, index) =>
        handleBox(id, 'target', index, inputHandles.length, data.pictures, data.flow),
      ),
      ...outputHandles.map((id, index) =>
        handleBox(id, 'source', index, outputHandles.length, data.pictures, data.flow),
      ),
    ],
    data: { ...data, layers: words(members), inputHandles, outputHandles },
    ariaLabel: label({ ...data, collapsed: true }),
  };
}

function frameNode(
  facts: BlockFacts,
  { x, y, width, height }: Rect,
  { id, selected, label, depth }: { id: string; selected: boolean; label: string; depth: number },
): FrameNode {
  return {
    id,
    type: 'frame',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    // Behind the layers and their wires; an inner frame before the one around it.
    zIndex: depth - 10_001,
    selectable: false,
    focusable: false,
    dragHandle: '.frame-name',
    // The layers in it are clicked, and boxes drawn, as if it were not there.
    style: { pointerEvents: 'none' },
    data: { ...facts, label, selected },
  };
}
