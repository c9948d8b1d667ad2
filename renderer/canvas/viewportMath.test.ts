import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import { blockHeight, blockWidth } from './blockSize.ts';
import { fittedView, inView, isAllInView, readableStart, readableZoom } from './viewportMath.ts';

const canvas = { width: 1000, height: 600 };
const height = blockHeight(true);
const row = (count: number, left = 0, y = 0) =>
  Array.from({ length: count }, (_, index) => ({ x: left + 280 * index, y }));

describe('readableStart', () => {
  it('leaves it to fitting where all fits and can be read', () => {
    expect(readableStart([], height, canvas)).toBeNull();
    expect(readableStart(row(4), height, canvas)).toBeNull();
  });

  it('shows a long chain from its first block, in the middle of the canvas’s height', () => {
    const place = readableStart(row(40, 5000, 3000), height, canvas);
    expect(place?.zoom).toBe(readableZoom);
    expect(place!.x + 5000 * readableZoom).toBeCloseTo(40, 6);
    expect(place!.y + (3000 + height / 2) * readableZoom).toBeCloseTo(300, 6);
  });

  it('shows a tall network at the height of its first block', () => {
    const tall = [
      { x: 280, y: 0 },
      { x: 0, y: 7000 },
      { x: 280, y: 8000 },
    ];
    const place = readableStart(tall, height, canvas);
    expect(inView({ x: 0, y: 7000 }, height, place!, canvas)).toBe(true);
  });

  test.prop([
    fc.array(fc.record({ x: fc.integer({ min: -1e7, max: 1e7 }), y: fc.integer({ min: -1e7, max: 1e7 }) }), {
      minLength: 1,
      maxLength: 30,
    }),
  ])('has the leftmost blocks at the left edge, whatever the network', (positions) => {
    const place = readableStart(positions, height, canvas);
    if (place === null) return;
    const left = Math.min(...positions.map(({ x }) => x));
    expect(left * place.zoom + place.x).toBeCloseTo(40, 3);
    expect(place.zoom).toBe(readableZoom);
  });
});

describe('fittedView', () => {
  it('has all blocks in view, above the buttons at the lower edge, and none larger than life', () => {
    const positions = [...row(9), { x: 300, y: 2400 }];
    const view = fittedView(positions, height, canvas);
    for (const position of positions) expect(inView(position, height, view, canvas)).toBe(true);
    expect((2400 + height) * view.zoom + view.y).toBeLessThanOrEqual(600 - 60);
    expect(fittedView(row(1), height, canvas).zoom).toBe(1);
  });
});

describe('inView', () => {
  const still = { x: 0, y: 0, zoom: 1 };

  it('is so of a block that is wholly there', () => {
    expect(inView({ x: 0, y: 24 }, height, still, canvas)).toBe(true);
    expect(inView({ x: 1000 - blockWidth, y: 600 - 24 - height }, height, still, canvas)).toBe(true);
  });

  it('is not so of one that sticks out at any side', () => {
    for (const position of [
      { x: -1, y: 100 },
      { x: 1001 - blockWidth, y: 100 },
      { x: 100, y: 23 },
      { x: 100, y: 601 - 24 - height },
    ])
      expect(inView(position, height, still, canvas)).toBe(false);
  });

  it('goes by where the view is moved and zoomed to', () => {
    const far = { x: 4000, y: 2000 };
    expect(inView(far, height, still, canvas)).toBe(false);
    expect(inView(far, height, { x: -3900, y: -1900, zoom: 1 }, canvas)).toBe(true);
    expect(inView(far, height, { x: 0, y: 0, zoom: 0.2 }, canvas)).toBe(true);
  });
});

describe('the overview', () => {
  const blocks = [
    { position: { x: 0, y: 0 }, width: 176, height: 112 },
    { position: { x: 800, y: 300 }, width: 176, height: 112 },
  ];
  const canvas = { width: 1000, height: 500 };

  it('tells of nothing new where all blocks are in view, and of what a move of the view leaves out', () => {
    expect(isAllInView(blocks, { x: 0, y: 0, zoom: 1 }, canvas)).toBe(true);
    expect(isAllInView(blocks, { x: 25, y: 0, zoom: 1 }, canvas)).toBe(false);
    expect(isAllInView(blocks, { x: -1, y: 0, zoom: 1 }, canvas)).toBe(false);
    expect(isAllInView(blocks, { x: 0, y: 0, zoom: 1.1 }, canvas)).toBe(false);
    expect(isAllInView(blocks, { x: 100, y: 100, zoom: 0.5 }, canvas)).toBe(true);
  });
});
