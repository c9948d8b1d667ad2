import { MarkerType, Position as Side, type Edge, type Node } from '@xyflow/react';

import { freeHandle, type Document, type DocumentEdge, type DocumentNode } from '../../shared/document.ts';
import type { Connection, Position } from '../../shared/graph/edit.ts';
import type { Analysis, LayerAnalysis } from '../../shared/graph/analyze.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import { sameShape, type Shape } from '../../shared/layers/shape.ts';
import type { Problem } from '../../shared/problem.ts';
import { sameProblem } from '../state/analysis.ts';
import { blockHeight, blockWidth, inputY, outputY } from './blockSize.ts';
import { volumeScale, type VolumeScale } from './volume.ts';

/** What a block is drawn from. */
export type BlockData = Record<string, unknown> & {
  readonly node: DocumentNode;
  readonly layer: LayerAnalysis;
  readonly problems: readonly Problem[];
  /** Of the network's parameters, 0 to 1. */
  readonly share: number;
  readonly scale: VolumeScale;
  /** In order; a layer that takes several has one free handle at the end. */
  readonly inputHandles: readonly string[];
  readonly pictures: boolean;
};
export type BlockNode = Node<BlockData, 'block'>;

export type WireData = Record<string, unknown> & {
  readonly edge: DocumentEdge;
  /** What flows along it; null where its source has no shape. */
  readonly shape: Shape | null;
};
export type WireEdge = Edge<WireData, 'wire'>;

const outputHandle = 'output';

/** All that the canvas shows. */
export interface FlowInput {
  readonly document: Document;
  readonly analysis: Analysis;
  readonly problems: readonly Problem[];
  readonly selection: ReadonlySet<string>;
  readonly selectedEdges: ReadonlySet<string>;
  /** Where blocks are that are being moved: not in the document yet. */
  readonly moving: ReadonlyMap<string, Position>;
  readonly pictures: boolean;
  /** A block's description for screen readers. */
  readonly label: (layer: LayerAnalysis, problems: readonly Problem[]) => string;
  readonly edgeLabel: (edge: DocumentEdge) => string;
}

export interface Flow {
  readonly nodes: BlockNode[];
  readonly edges: WireEdge[];
}

/** The id of an edge within React Flow. */
export function edgeId({ source, target, targetHandle }: DocumentEdge): string {
  return `${source}>${target}:${targetHandle ?? 'input_0'}`;
}

/** The edge that React Flow speaks of, as the document knows it. */
export function connectionOf(connection: {
  readonly source: string;
  readonly target: string;
  readonly targetHandle?: string | null | undefined;
}): Connection {
  const { source, target, targetHandle } = connection;
  return targetHandle == null ? { source, target } : { source, target, targetHandle };
}

/**
 * Makes React Flow's nodes and edges from the document and its analysis, and keeps the object of each that is as it
 * was, so that only the blocks that changed are drawn again. Each canvas has one adapter.
 */
export function createFlowAdapter(): (input: FlowInput) => Flow {
  let nodes = new Map<string, { readonly key: NodeKey; readonly node: BlockNode }>();
  let edges = new Map<string, WireEdge>();
  let scale: VolumeScale = { side: 2, channels: 2 };

  return (input) => {
    const { document, analysis, selection, selectedEdges, moving, pictures } = input;
    const nextScale = inSteps(volumeScale(analysis));
    if (nextScale.side !== scale.side || nextScale.channels !== scale.channels) scale = nextScale;
    const total = analysis.totals.params.trainable + analysis.totals.params.nonTrainable;
    const problems = problemsByNode(input.problems);

    const nextNodes: typeof nodes = new Map();
    for (const node of document.nodes) {
      const layer = analysis.layers.get(node.id);
      if (layer === undefined) continue;
      const before = nodes.get(node.id);
      const count = layer.params.trainable + layer.params.nonTrainable;
      const own = problems.get(node.id) ?? none;
      const key: NodeKey = {
        node,
        layer,
        scale,
        pictures,
        problems: before !== undefined && sameProblems(before.key.problems, own) ? before.key.problems : own,
        selected: selection.has(node.id),
        position: moving.get(node.id) ?? node.position,
        share: total === 0 ? 0 : Math.round((count / total) * 200) / 200,
        handles: inputHandles(node, analysis.topology.incoming.get(node.id) ?? []).join(' '),
        label: input.label,
      };
      nextNodes.set(
        node.id,
        before !== undefined && sameKey(before.key, key) ? before : { key, node: makeNode(key) },
      );
    }
    nodes = nextNodes;

    const nextEdges: typeof edges = new Map();
    for (const edge of document.edges) {
      const id = edgeId(edge);
      const shape = analysis.layers.get(edge.source)?.outputShape ?? null;
      const selected = selectedEdges.has(id);
      const before = edges.get(id);
      const same =
        before?.data !== undefined &&
        before.selected === selected &&
        before.ariaLabel === input.edgeLabel(edge) &&
        equalShapes(before.data.shape, shape);
      nextEdges.set(id, same ? before : makeEdge(id, edge, shape, selected, input.edgeLabel(edge)));
    }
    edges = nextEdges;
    return { nodes: [...nodes.values()].map(({ node }) => node), edges: [...edges.values()] };
  };
}

/** The scale in doubling steps: with each letter that is typed, all blocks would be drawn anew otherwise. */
function inSteps({ side, channels }: VolumeScale): VolumeScale {
  const above = (length: number) => 2 ** Math.ceil(Math.log2(length));
  return { side: above(side), channels: above(channels) };
}

interface NodeKey {
  readonly node: DocumentNode;
  readonly layer: LayerAnalysis;
  readonly scale: VolumeScale;
  readonly pictures: boolean;
  readonly problems: readonly Problem[];
  readonly selected: boolean;
  readonly position: Position;
  readonly share: number;
  readonly handles: string;
  readonly label: FlowInput['label'];
}

const none: readonly Problem[] = [];

function sameKey(a: NodeKey, b: NodeKey): boolean {
  return (Object.keys(a) as (keyof NodeKey)[]).every((name) => a[name] === b[name]);
}

function makeNode(key: NodeKey): BlockNode {
  const { node, layer, scale, pictures, problems, selected, position, share, handles } = key;
  const inputs = handles === '' ? [] : handles.split(' ');
  const height = blockHeight(pictures);
  return {
    id: node.id,
    type: 'block',
    position: { ...position },
    selected,
    // Blocks have a fixed size and known handles, so that React Flow need not measure them.
    width: blockWidth,
    height,
    measured: { width: blockWidth, height },
    handles: [
      ...inputs.map((id, index) => ({
        id,
        type: 'target' as const,
        position: Side.Left,
        x: -handleSize / 2,
        y: inputY(index, inputs.length, pictures) - handleSize / 2,
        width: handleSize,
        height: handleSize,
      })),
      {
        id: outputHandle,
        type: 'source' as const,
        position: Side.Right,
        x: blockWidth - handleSize / 2,
        y: outputY(pictures) - handleSize / 2,
        width: handleSize,
        height: handleSize,
      },
    ],
    data: { node, layer, problems, share, scale, inputHandles: inputs, pictures },
    ariaLabel: key.label(layer, problems),
    domAttributes: noRoleDescription,
  };
}

/** Diameter of a handle, in canvas pixels. */
export const handleSize = 12;

function makeEdge(
  id: string,
  edge: DocumentEdge,
  shape: Shape | null,
  selected: boolean,
  ariaLabel: string,
): WireEdge {
  const colour = shape === null ? 'var(--warning-mark)' : selected ? 'var(--accent)' : 'var(--line-strong)';
  return {
    id,
    type: 'wire',
    source: edge.source,
    target: edge.target,
    sourceHandle: outputHandle,
    targetHandle: edge.targetHandle ?? 'input_0',
    selected,
    data: { edge, shape },
    markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: colour },
    ariaLabel,
    domAttributes: noRoleDescription,
  };
}

/** React Flow would say “node” and “edge” in English; the names say what they are. */
const noRoleDescription = { 'aria-roledescription': undefined };

/** Where edges arrive: one place for a layer of one input, one for each edge and a free one for a merging layer. */
export function inputHandles(node: DocumentNode, incoming: readonly DocumentEdge[]): readonly string[] {
  const { max } = layerSpec(node.kind).inputs;
  if (max === 0) return [];
  if (max === 1) return ['input_0'];
  const taken = new Set(incoming.flatMap(({ targetHandle }) => targetHandle ?? []));
  if (taken.size < max) freeHandle(taken);
  return [...taken].sort((a, b) => Number(a.slice(6)) - Number(b.slice(6)));
}

function problemsByNode(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const byNode = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.nodeId === undefined) continue;
    const list = byNode.get(problem.nodeId) ?? [];
    // An error says more than a warning, and stands first.
    if (problem.severity === 'error') list.unshift(problem);
    else list.push(problem);
    byNode.set(problem.nodeId, list);
  }
  return byNode;
}

function sameProblems(a: readonly Problem[], b: readonly Problem[]): boolean {
  return a.length === b.length && a.every((problem, index) => sameProblem(problem, b[index]));
}

function equalShapes(a: Shape | null, b: Shape | null): boolean {
  return a === b || (a !== null && b !== null && sameShape(a, b));
}

/** The connection that a line from one handle to another block means; it may have been drawn backwards. */
export function drawnConnection(
  fromNode: string,
  fromHandle: { readonly id?: string | null | undefined; readonly type: 'source' | 'target' },
  toNode: string,
  toHandle: { readonly id?: string | null | undefined } | null,
): Connection {
  return fromHandle.type === 'source'
    ? connectionOf({ source: fromNode, target: toNode, targetHandle: toHandle?.id })
    : connectionOf({ source: toNode, target: fromNode, targetHandle: fromHandle.id });
}
