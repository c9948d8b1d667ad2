// Networks that are only drawn: as many layers as asked for, whose analysis is as much work as that of real ones.

/** @typedef {{ id: string, kind: string, params: object, position: { x: number, y: number } }} Drawn */

const convolution = { filters: 8, kernelSize: [3, 3], padding: 'same', activation: 'relu' };
const input = { id: 'input_1', kind: 'Input', params: { shape: [32, 32, 8] }, position: { x: 0, y: 0 } };

/**
 * @param {string} name
 * @param {readonly Drawn[]} nodes
 * @param {readonly object[]} edges
 */
function project(name, nodes, edges) {
  return { format: 'convas-project', version: 1, name, nodes, edges, dataset: null };
}

/** One layer behind the other, in rows of fifty. @param {number} count */
export function chainOf(count) {
  /** @type {Drawn[]} */
  const nodes = [input];
  const edges = [];
  for (let index = 1; index < count; index += 1) {
    const id = `conv2d_${index}`;
    const position = { x: 280 * (index % 50), y: 240 * Math.floor(index / 50) };
    nodes.push({ id, kind: 'Conv2D', params: convolution, position });
    edges.push({ source: nodes[index - 1]?.id, target: id });
  }
  return project(`Chain of ${count}`, nodes, edges);
}

/** Residual blocks of three layers. @param {number} count */
export function branchesOf(count) {
  /** @type {Drawn[]} */
  const nodes = [input];
  const edges = [];
  let last = input.id;
  for (let index = 1; nodes.length + 3 <= count; index += 1) {
    const [column, row] = [(index % 17) * 3, Math.floor(index / 17)];
    const place = (/** @type {number} */ step, /** @type {number} */ down) => ({
      x: 280 * (column + step),
      y: 480 * row + down,
    });
    const [left, right, sum] = [`left_${index}`, `right_${index}`, `sum_${index}`];
    nodes.push(
      { id: left, kind: 'Conv2D', params: convolution, position: place(0, 0) },
      { id: right, kind: 'Conv2D', params: convolution, position: place(0, 240) },
      { id: sum, kind: 'Add', params: {}, position: place(1, 120) },
    );
    edges.push(
      { source: last, target: left },
      { source: last, target: right },
      { source: left, target: sum, targetHandle: 'input_0' },
      { source: right, target: sum, targetHandle: 'input_1' },
    );
    last = sum;
  }
  return project(`Branches of ${nodes.length}`, nodes, edges);
}
