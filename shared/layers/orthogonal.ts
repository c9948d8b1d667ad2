/**
 * A matrix `[rows, columns]` whose rows or columns, whichever are fewer, are at right angles and of length `gain`, as
 * Saxe et al. (2013) begin with: random vectors, each freed of its predecessors' directions (modified Gram–Schmidt).
 * TensorFlow.js's own takes minutes for an LSTM of a few hundred units.
 */
export function orthogonalMatrix(rows: number, columns: number, gain: number, seed: number): Float32Array {
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const normal = normalNumbers(seed);
  const vectors: Float64Array[] = [];
  for (let at = 0; at < count; at += 1) {
    const vector = Float64Array.from({ length }, normal);
    // Once more takes away what rounding left behind.
    for (const before of [...vectors, ...vectors]) subtractAlong(vector, before);
    const norm = Math.sqrt(dot(vector, vector));
    for (let index = 0; index < length; index += 1) vector[index] = (vector[index] ?? 0) / norm;
    vectors.push(vector);
  }
  const matrix = new Float32Array(rows * columns);
  for (const [at, vector] of vectors.entries()) {
    for (let index = 0; index < length; index += 1) {
      const place = rows >= columns ? index * columns + at : at * columns + index;
      matrix[place] = gain * (vector[index] ?? 0);
    }
  }
  return matrix;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function subtractAlong(vector: Float64Array, unit: Float64Array): void {
  const part = dot(vector, unit);
  for (let at = 0; at < vector.length; at += 1) vector[at] = (vector[at] ?? 0) - part * (unit[at] ?? 0);
}

/** Normal numbers by Box and Muller (1958), over mulberry32 (T. Ettinger, public domain). */
function normalNumbers(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
