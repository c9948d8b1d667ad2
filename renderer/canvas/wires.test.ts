// @vitest-environment jsdom

import { describe, expect, it } from 'vitest';
import { test } from '@fast-check/vitest';

import type { Document } from '../../shared/document.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import { moveItems } from '../../shared/graph/blockFrames.ts';
import type { Flow } from '../../shared/graph/flow.ts';
import { templates } from '../../shared/templates/index.ts';
import { soundNetworks } from '../../shared/testing/soundNetworks.ts';
import { createFlowAdapter } from './flowAdapter.ts';
import { arrange } from './layout.ts';

/** Parts of wires that run over a block, those that only touch their own ends left out. */
function crossings(document: Document): readonly string[] {
  const { nodes, edges } = createFlowAdapter()({
    document,
    analysis: analyze(document),
    problems: [],
    selection: new Set(),
    selectedEdges: new Set(),
    selectedBlock: null,
    moving: new Map(),
    pictures: true,
    label: () => '',
    edgeLabel: () => '',
    blockLabel: () => '',
  });
  const boxes = nodes.filter(({ type }) => type !== 'frame');
  return edges.flatMap(({ source, target, data }) =>
    (data?.points ?? []).flatMap((to, index, points) => {
      const from = points[index - 1];
      if (from === undefined) return [];
      expect(from.x === to.x || Math.abs(from.y - to.y) < 0.5).toBe(true);
      const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
      const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
      return boxes
        .filter(({ position: { x, y }, width = 0, height = 0 }) => {
          return left < x + width && right > x && top < y + height && bottom > y;
        })
        .map(({ id }) => `${source} > ${target} over ${id}`);
    }),
  );
}

const arranged = (document: Document, flow: Flow) =>
  moveItems({ ...document, flow }, arrange(document, flow));

describe('wires', () => {
  it.each(templates)('of $id cross no block, as it comes', ({ document }) => {
    expect(crossings(document)).toEqual([]);
  });

  it.each(
    templates.flatMap((one) => [
      { ...one, flow: 'right' as const },
      { ...one, flow: 'down' as const },
    ]),
  )('of $id cross no block when it is arranged to go $flow', ({ document, flow }) => {
    expect(crossings(arranged(document, flow))).toEqual([]);
  });

  test.prop([soundNetworks(12)], { numRuns: 30 })(
    'of any network cross no block when it is arranged',
    (document) => {
      for (const flow of ['right', 'down'] as const) expect(crossings(arranged(document, flow))).toEqual([]);
    },
  );
});
