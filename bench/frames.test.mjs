import { describe, expect, it } from 'vitest';
import { framesOf } from './frames.mjs';

const page = { pid: 1, tid: 1 };

/** @param {number} ts @param {number} milliseconds @param {number} [worked] */
function task(ts, milliseconds, worked = milliseconds) {
  return { ...page, name: 'RunTask', ph: 'X', ts, dur: milliseconds * 1000, tdur: worked * 1000, args: {} };
}
/** @param {number} ts @param {string} type */
function input(ts, type) {
  return { ...page, name: 'EventDispatch', ph: 'X', ts, args: { data: { type } } };
}
/** @param {number} ts */
function commit(ts) {
  return { ...page, name: 'Commit', ph: 'X', ts, args: {} };
}
const named = [
  { ...page, name: 'thread_name', ph: 'M', ts: 0, args: { name: 'CrRendererMain' } },
  { pid: 2, tid: 1, name: 'thread_name', ph: 'M', ts: 0, args: { name: 'CrBrowserMain' } },
];

describe('the work of frames', () => {
  it('is from the input to the commit, of all tasks between them, as the processor worked', () => {
    const trace = [
      ...named,
      ...[task(0, 3), input(1000, 'keydown')],
      ...[task(5000, 40, 4)],
      ...[task(60_000, 2), commit(61_000)],
    ];
    expect(framesOf(trace)).toEqual({ median: 9, most95: 9, worst: 9, longest: 4, frames: 1 });
  });

  it('is none where no input is answered, but a long task counts', () => {
    const trace = [...named, task(0, 30), commit(1000), task(90_000, 1), input(90_100, 'mouseover')];
    expect(framesOf(trace)).toEqual({ median: 0, most95: 0, worst: 0, longest: 30, frames: 0 });
  });

  it('is told apart, frame by frame, and other programs are left out', () => {
    const trace = [
      ...named,
      ...[task(0, 2), input(100, 'wheel'), commit(200)],
      ...[task(20_000, 8), input(20_100, 'wheel'), commit(20_200)],
      ...[task(40_000, 4), input(40_100, 'wheel'), commit(40_200)],
      { ...task(60_000, 500), pid: 2 },
    ];
    expect(framesOf(trace)).toEqual({ median: 4, most95: 8, worst: 8, longest: 8, frames: 3 });
  });
});
