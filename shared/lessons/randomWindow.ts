import { slideWindow, type Window } from '../layers/window.ts';

/**
 * Another window to practise on, of sizes that can be computed in the head.
 *
 * @param random gives a number from 0 to under 1
 */
export function randomWindow(random: () => number): Window {
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const size = between(2, 7);
  const window = {
    input: between(size + 3, 64),
    size,
    stride: between(1, 3),
    padding: between(0, Math.floor(size / 2)),
  };
  // Where nothing is left over and nothing added there is nothing to practise.
  return slideWindow(window).length === window.input ? { ...window, stride: 2 } : window;
}
