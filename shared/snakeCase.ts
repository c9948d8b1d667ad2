/** Keras's snake case of a class name: `MaxPooling2D` → `max_pooling2d`. */
export function snakeCase(kind: string): string {
  return kind
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
