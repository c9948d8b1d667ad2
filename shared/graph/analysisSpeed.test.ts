import { expect, it } from 'vitest';

import { emptyDocument, type Document } from '../document.ts';
import { hasLazyFixes } from '../problem.ts';
import { analyze } from './analyze.ts';
import { placeFragment } from './insertBlock.ts';

const loose = (count: number): Document => ({
  ...emptyDocument(),
  nodes: Array.from({ length: count }, (_, index) => ({
    id: `conv2d_${String(index + 1)}`,
    kind: 'Conv2D',
    params: { filters: 8, kernelSize: [3, 3] },
    position: { x: index, y: 0 },
  })),
});

it('looks for what could feed a layer when somebody asks, and not for thousands at each edit', () => {
  const document = loose(1000);
  let reads = 0;
  // A position is read where one layer is compared with another.
  const counted = {
    ...document,
    nodes: document.nodes.map(({ position, ...node }) => ({
      ...node,
      get position() {
        reads += 1;
        return position;
      },
    })),
  };
  const { problems } = analyze(counted);
  expect(problems.filter(hasLazyFixes)).toHaveLength(1000);
  expect(reads).toBeLessThan(10 * 1000);
  expect(problems[0]?.fixes.length).toBeGreaterThan(0);
});

it('pastes thousands of layers without looking at each of them for each', () => {
  const startedAt = performance.now();
  const { document, nodes } = placeFragment(loose(5000), loose(5000), { x: 0, y: 300 });
  expect(performance.now() - startedAt).toBeLessThan(5000);
  expect(new Set(document.nodes.map(({ id }) => id)).size).toBe(10_000);
  expect(nodes.get('conv2d_1')).toBe('conv2d_5001');
});
