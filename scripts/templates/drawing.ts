import {
  currentVersion,
  formatName,
  type Document,
  type DocumentBlock,
  type DocumentEdge,
  type DocumentNode,
} from '../../shared/document.ts';
import { snakeCase } from '../../shared/graph/edit.ts';
import type { ParamValues } from '../../shared/graph/edits.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import type { Translated } from '../../shared/layers/params.ts';
import { completeParams } from '../../shared/layers/paramValues.ts';
import type { TemplateGroup } from '../../shared/templates/list.ts';
import { defaultTraining } from '../../shared/training/config.ts';
import { placed } from './placed.ts';

/** A network that the gallery offers, before its layers have places. */
export interface DrawnNetwork {
  readonly id: string;
  readonly group: TemplateGroup;
  /** Of its publication. */
  readonly year: number;
  /** One sentence. */
  readonly description: Translated;
  readonly document: Document;
}

/** What is written beside a block's id. */
export interface BlockOptions {
  readonly name?: string;
  /** Blocks of one link are alike; their layers need parts. */
  readonly link?: string;
  /** False for a block that is a frame around its layers from the start. */
  readonly collapsed?: boolean;
  /** In which row it stands, from the main line downwards. */
  readonly row?: number;
}

/** What is written beside a layer's kind and params. */
export interface LayerOptions {
  /** What the layer is within its block; by default its id without the block's. */
  readonly part?: string;
  /** In which row it stands, from the main line of its block downwards. */
  readonly row?: number;
}

export interface Drawing {
  /** Adds a layer that reads `sources`, in the block that is open. Gives its id. */
  add(
    id: string,
    kind: string,
    params: ParamValues,
    sources: readonly string[],
    options?: LayerOptions,
  ): string;
  /** Adds a block around what `draw` adds; gives what `draw` gives. */
  block<T>(id: string, options: BlockOptions, draw: () => T): T;
  /** What was added, in its places. */
  document(name: string, dataset?: Document['dataset']): Document;
}

/** The params as a file writes them: in the spec's order, all but those that few people ever set. */
function written(kind: string, given: ParamValues): ParamValues {
  const { params } = layerSpec(kind);
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(params, name));
  if (unknown !== undefined) throw new Error(`${kind} has no “${unknown}”.`);
  const complete = completeParams(params, given);
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, { advanced }]) =>
      advanced === true && !Object.hasOwn(given, name) ? [] : [[name, complete[name]]],
    ),
  );
}

/** Layers as they are added, each with the layers that it reads. */
export function createDrawing(): Drawing {
  const nodes: DocumentNode[] = [];
  const edges: DocumentEdge[] = [];
  const blocks: DocumentBlock[] = [];
  const open: DocumentBlock[] = [];
  const rows = new Map<string, number>();
  const position = { x: 0, y: 0 };
  return {
    add(id, kind, params, sources, { part, row = 0 } = {}) {
      rows.set(id, row);
      const block = open.at(-1);
      nodes.push({
        id,
        kind,
        params: written(kind, params),
        position,
        ...(block === undefined ? {} : { block: block.id }),
        ...(block?.link === undefined ? {} : { part: part ?? partOf(id, block.id) }),
      });
      const several = layerSpec(kind).inputs.max > 1;
      for (const [index, source] of sources.entries()) {
        const handle = several ? { targetHandle: `input_${String(index)}` } : {};
        edges.push({ source, target: id, ...handle });
      }
      return id;
    },
    block(id, { name = id, link, collapsed = true, row = 0 }, draw) {
      rows.set(id, row);
      const parent = open.at(-1)?.id;
      const block: DocumentBlock = {
        id,
        name,
        ...(parent === undefined ? {} : { parent }),
        ...(collapsed ? { collapsed } : {}),
        position,
        ...(link === undefined ? {} : { link }),
      };
      blocks.push(block);
      open.push(block);
      const drawn = draw();
      open.pop();
      return drawn;
    },
    document: (name, dataset = null) =>
      placed(
        {
          format: formatName,
          version: currentVersion,
          name,
          nodes,
          edges,
          blocks,
          dataset,
          training: defaultTraining,
        },
        rows,
      ),
  };
}

/** `conv_1` for `conv2_block1_1_conv` in `conv2_block1`: a part begins with a letter. */
function partOf(id: string, block: string): string {
  if (!id.startsWith(`${block}_`)) throw new Error(`Say which part of “${block}” “${id}” is.`);
  const rest = id.slice(block.length + 1);
  const [, number, name] = /^(\d+)_(.+)$/.exec(rest) ?? [];
  return number === undefined || name === undefined ? rest : `${name}_${number}`;
}

/** Where a numbered layer stands among others. */
export interface NumberedOptions {
  /** What it reads; by default the layer that was added before it. */
  readonly sources?: readonly string[];
  readonly row?: number;
}

/** Adds layers to a drawing under Keras's names of them, numbered from 1: `max_pooling2d_1`. */
export function createNumbering(drawing: Drawing) {
  const counts = new Map<string, number>();
  let last: string | undefined;
  return (kind: string, params: ParamValues = {}, { sources, row = 0 }: NumberedOptions = {}): string => {
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    const before = last === undefined ? [] : [last];
    const id = `${snakeCase(kind)}_${String(number)}`;
    last = drawing.add(id, kind, params, sources ?? before, { row });
    return last;
  };
}
