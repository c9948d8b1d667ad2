import { describe, expect, it } from 'vitest';

import { boxAround, lineUp, type Box } from './guides.ts';

const box = (x: number, y: number, width = 200, height = 100): Box => ({ x, y, width, height });

describe('a block that is dragged', () => {
  it('stops where its edges line up with another’s, and a line shows it', () => {
    const { dx, dy, guides } = lineUp(box(303, 4), [box(0, 0)], 6);
    expect([dx, dy]).toEqual([0, -4]);
    expect(guides.filter(({ from, to }) => from.y === to.y).map(({ from }) => from.y)).toEqual([0, 50, 100]);
  });

  it('of another size stops at the middle too', () => {
    expect(lineUp(box(0, 28, 200, 40), [box(500, 0)], 6).dy).toBe(2);
  });

  it('stops in the middle between two, and as far from one as that is from the next', () => {
    const between = lineUp(box(497, 300), [box(0, 290, 200, 120), box(1000, 290, 200, 120)], 6);
    expect(between.dx).toBe(3);
    expect(between.guides.filter(({ kind }) => kind === 'gap')).toHaveLength(2);
    const after = lineUp(box(604, 300), [box(0, 290, 200, 120), box(300, 290, 200, 120)], 6);
    expect(after.dx).toBe(-4);
  });

  it('goes freely where nothing is near', () => {
    expect(lineUp(box(333, 333), [box(0, 0)], 6)).toEqual({ dx: 0, dy: 0, guides: [] });
    expect(lineUp(box(2, 9000), [box(0, 0)], 6).dx).toBe(0);
  });

  it('with others goes by the room that they take together', () => {
    expect(
      boxAround(
        [
          { x: 10, y: 20 },
          { x: -5, y: 90 },
        ],
        200,
        100,
      ),
    ).toEqual(box(-5, 20, 215, 170));
  });
});
