import { MarkerType, type Edge, type Node } from '@xyflow/react';

import { freeHandle, type Document, type DocumentEdge, type DocumentNode } from '../../shared/document.ts';
import { outputHandle, visibleGraph, type VisibleEdge } from '../../shared/graph/blocks.ts';
import type { Position } from '../../shared/graph/edit.ts';
import { flowOf, type Flow as NetworkFlow } from '../../shared/graph/flow.ts';
import type { Analysis, LayerAnalysis } from '../../shared/graph/analyze.ts';
import { routeWires, type WireEnds } from '../../shared/graph/wires.ts';
import { heatScale, type Metric } from '../../shared/graph/metrics.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import { sameShape, type Shape } from '../../shared/layers/shape.ts';
import type { Problem } from '../../shared/problem.ts';
import { createBlockFlow, type BlockLabel, type CollapsedNode, type FrameNode } from '../blocks/blockFlow.ts';
import { sameProblem } from '../state/analysis.ts';
import { blockHeight, blockWidth, handleBox, handleSize } from './blockSize.ts';
import { volumeScale, type VolumeScale } from '../../shared/picture/volume.ts';

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
  /** Whether data flows in at the left and out at the right, or from top to bottom. */
  readonly flow: NetworkFlow;
  /** How much it is coloured by a measure, 0 to 1; null where it is not. */
  readonly heat: number | null;
};
export type BlockNode = Node<BlockData, 'block'>;
/** A layer, a collapsed block, or the frame of an expanded one. */
export type CanvasNode = BlockNode | CollapsedNode | FrameNode;

export type WireData = Record<string, unknown> & {
  readonly edge: DocumentEdge;
  /** All edges that it stands for: several from one layer into a collapsed block. */
  readonly edges: VisibleEdge['edges'];
  /** What flows along it; null where its source has no shape. */
  readonly shape: Shape | null;
  /** The corners of its line, its ends included. */
  readonly points: readonly Position[];
};
export type WireEdge = Edge<WireData, 'wire'>;

/** All that the canvas shows. */
export interface FlowInput {
  readonly document: Document;
  readonly analysis: Analysis;
  readonly problems: readonly Problem[];
  readonly selection: ReadonlySet<string>;
  readonly selectedEdges: ReadonlySet<string>;
  /** The expanded block that is selected with all its layers. */
  readonly selectedBlock: string | null;
  /** Where blocks are that are being moved: not in the document yet. */
  readonly moving: ReadonlyMap<string, Position>;
  readonly pictures: boolean;
  /** What blocks are coloured by, if by anything. */
  readonly heat?: Metric | null;
  /** A block's description for screen readers. */
  readonly label: (layer: LayerAnalysis, problems: readonly Problem[], node: DocumentNode) => string;
  readonly edgeLabel: (edge: DocumentEdge) => string;
  readonly blockLabel: BlockLabel;
}

export interface Flow {
  readonly nodes: CanvasNode[];
  readonly edges: WireEdge[];
}

/** The id of an edge within React Flow. */
export function edgeId({ source, target, targetHandle }: DocumentEdge): string {
  return `${source}>${target}:${targetHandle ?? 'input_0'}`;
}

/**
 * Makes React Flow's nodes and edges from the document and its analysis, and keeps the object of each that is as it
 * was, so that only the blocks that changed are drawn again. Each canvas has one adapter.
 */
export function createFlowAdapter(): (input: FlowInput) => Flow {
  let nodes = new Map<string, { readonly key: NodeKey; readonly node: BlockNode }>();
  let edges = new Map<string, WireEdge>();
  const blockFlow = createBlockFlow();
  let scale: VolumeScale = { side: 2, channels: 2 };

  return (input) => {
    const { document, analysis, selection, selectedEdges, moving, pictures } = input;
    const graph = visibleGraph(document);
    const flow = flowOf(document);
    const nextScale = inSteps(volumeScale(analysis));
    if (nextScale.side !== scale.side || nextScale.channels !== scale.channels) scale = nextScale;
    const total = analysis.totals.params.trainable + analysis.totals.params.nonTrainable;
    const problems = problemsByNode(input.problems);
    const heat = input.heat == null ? null : heatScale(analysis, input.heat);

    const nextNodes: typeof nodes = new Map();
    for (const item of graph.items) {
      if (item.type === 'block') continue;
      const { node } = item;
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
        flow,
        problems: before !== undefined && sameProblems(before.key.problems, own) ? before.key.problems : own,
        selected: selection.has(node.id),
        position: moving.get(node.id) ?? node.position,
        share: total === 0 ? 0 : Math.round((count / total) * 200) / 200,
        handles: inputHandles(node, analysis.topology.incoming.get(node.id) ?? []).join(' '),
        label: input.label,
        heat: roundedShade(heat?.shadeOf(layer) ?? null),
      };
      nextNodes.set(
        node.id,
        before !== undefined && sameKey(before.key, key) ? before : { key, node: makeNode(key) },
      );
    }
    nodes = nextNodes;
    const { frames, collapsed } = blockFlow.nodesOf({ ...input, graph, flow, problems, scale, total });
    const boxes = [...[...nodes.values()].map(({ node }) => node), ...collapsed];
    const lines = linesOf(graph.edges, boxes, flow);

    const nextEdges: typeof edges = new Map();
    for (const [index, wire] of graph.edges.entries()) {
      const [edge] = wire.edges;
      const points = lines[index] ?? [];
      const id = edgeId(edge);
      const ends = {
        source: blockFlow.nameOf(wire.source, document),
        target: blockFlow.nameOf(wire.target, document),
      };
      const ariaLabel = input.edgeLabel(ends);
      const shape = analysis.layers.get(edge.source)?.outputShape ?? null;
      const selected = selectedEdges.has(id);
      const before = edges.get(id);
      const same =
        before?.data !== undefined &&
        before.selected === selected &&
        before.ariaLabel === ariaLabel &&
        before.source === wire.source &&
        before.target === wire.target &&
        before.targetHandle === wire.targetHandle &&
        sameEdges(before.data.edges, wire.edges) &&
        equalShapes(before.data.shape, shape) &&
        samePoints(before.data.points, points);
      nextEdges.set(id, same ? before : makeEdge(id, wire, { shape, points }, selected, ariaLabel));
    }
    edges = nextEdges;
    return {
      nodes: [...frames, ...boxes],
      edges: [...edges.values()],
    };
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
  readonly flow: NetworkFlow;
  readonly problems: readonly Problem[];
  readonly selected: boolean;
  readonly position: Position;
  readonly share: number;
  readonly handles: string;
  readonly label: FlowInput['label'];
  readonly heat: number | null;
}

/** In steps that can just be told apart, so that a small change of one layer does not draw all anew. */
function roundedShade(shade: number | null): number | null {
  return shade === null ? null : Math.round(shade * 50) / 50;
}

const none: readonly Problem[] = [];

function sameKey(a: NodeKey, b: NodeKey): boolean {
  return (Object.keys(a) as (keyof NodeKey)[]).every((name) => a[name] === b[name]);
}

function makeNode(key: NodeKey): BlockNode {
  const { node, layer, scale, pictures, flow, problems, selected, position, share, handles } = key;
  const inputs = handles === '' ? [] : handles.split(' ');
  const height = blockHeight(pictures);
  return {
    id: node.id,
    type: 'block',
    position: { ...position },
    selected,
    draggable: node.locked !== true,
    // Blocks have a fixed size and known handles, so that React Flow need not measure them.
    width: blockWidth,
    height,
    measured: { width: blockWidth, height },
    handles: [
      ...inputs.map((id, index) => handleBox(id, 'target', index, inputs.length, pictures, flow)),
      handleBox(outputHandle, 'source', 0, 1, pictures, flow),
    ],
    data: { node, layer, problems, share, scale, inputHandles: inputs, pictures, flow, heat: key.heat },
    ariaLabel: key.label(layer, problems, node),
    domAttributes: noRoleDescription,
  };
}

function makeEdge(
  id: string,
  { source, sourceHandle, target, targetHandle, edges }: VisibleEdge,
  { shape, points }: Pick<WireData, 'shape' | 'points'>,
  selected: boolean,
  ariaLabel: string,
): WireEdge {
  const colour = shape === null ? 'var(--warning-mark)' : selected ? 'var(--accent)' : 'var(--line-strong)';
  return {
    id,
    type: 'wire',
    source,
    target,
    sourceHandle,
    targetHandle,
    selected,
    data: { edge: edges[0], edges, shape, points },
    markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: colour },
    ariaLabel,
    domAttributes: noRoleDescription,
  };
}

/** Where the wires run between what is drawn. */
function linesOf(
  wires: readonly VisibleEdge[],
  boxes: readonly (BlockNode | CollapsedNode)[],
  flow: NetworkFlow,
): readonly (readonly Position[])[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const rects = new Map(
    boxes.map(({ id, position: { x, y }, width = 0, height = 0 }) => [id, { x, y, width, height }]),
  );
  // Where React Flow begins and ends a line: at the outer edge of a handle.
  const end = (id: string, type: 'source' | 'target', handle: string | null | undefined): Position => {
    const box = byId.get(id);
    const all = box?.handles?.filter((one) => one.type === type) ?? [];
    const place = all.find((one) => one.id === handle) ?? all[0];
    const out = (type === 'source' ? handleSize : -handleSize) / 2;
    const { x = 0, y = 0 } = box?.position ?? {};
    const [dx, dy] = flow === 'down' ? [0, out] : [out, 0];
    const half = handleSize / 2;
    return { x: x + (place?.x ?? 0) + half + dx, y: y + (place?.y ?? 0) + half + dy };
  };
  const ends = wires.map(({ source, sourceHandle, target, targetHandle }): WireEnds => ({
    source,
    target,
    from: end(source, 'source', sourceHandle),
    to: end(target, 'target', targetHandle),
  }));
  return routeWires(rects, ends, flow);
}

function samePoints(a: readonly Position[], b: readonly Position[]): boolean {
  return a.length === b.length && a.every(({ x, y }, index) => x === b[index]?.x && y === b[index].y);
}

function sameEdges(a: readonly DocumentEdge[], b: readonly DocumentEdge[]): boolean {
  return a.length === b.length && a.every((edge, index) => edge === b[index]);
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

/** A wire as it was drawn, maybe backwards: ids of what it joins, and of their handles. */
export interface DrawnWire {
  readonly source: string;
  readonly sourceHandle?: string | null | undefined;
  readonly target: string;
  readonly targetHandle?: string | null | undefined;
}

/** The wire that a line from one handle to another block means; it may have been drawn backwards. */
export function drawnWire(
  fromNode: string,
  fromHandle: { readonly id?: string | null | undefined; readonly type: 'source' | 'target' },
  toNode: string,
  toHandle: { readonly id?: string | null | undefined } | null,
): DrawnWire {
  const [from, to] = [fromHandle.id, toHandle?.id];
  return fromHandle.type === 'source'
    ? { source: fromNode, sourceHandle: from, target: toNode, targetHandle: to }
    : { source: toNode, sourceHandle: to, target: fromNode, targetHandle: from };
}
