import type { Document } from '../../shared/document.ts';
import type { Analysis } from '../../shared/graph/analysis.ts';
import { visibleGraph, type VisibleItem } from '../../shared/graph/blocks.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import { sameShape } from '../../shared/layers/shape.ts';
import type { Figure, FigureBox } from '../../shared/templates/list.ts';

/** More boxes than these cannot be told apart in a card. */
const mostBoxes = 24;

/**
 * The volumes of a network from left to right, one wherever the shape changes: of all layers, or where these are too
 * many or stand side by side, of what is seen while blocks are collapsed.
 */
export function figureOf(document: Document, analysis: Analysis): Figure {
  const chain = document.edges.length === document.nodes.length - 1;
  const whole = chain
    ? boxesOf(
        document.nodes.map(({ id }) => [id, [id]]),
        analysis,
      )
    : undefined;
  if (whole !== undefined && whole.boxes.length <= mostBoxes) return { boxes: whole.boxes, bridges: [] };
  const { items, edges } = visibleGraph(document);
  const { boxes, boxOf } = boxesOf(
    items.map((item) => [item.id, layersOf(item)]),
    analysis,
  );
  const bridges = edges
    .map(({ source, target }) => [boxOf.get(source) ?? 0, boxOf.get(target) ?? 0] as const)
    .filter(([from, to]) => to > from + 1);
  return { boxes, bridges };
}

function layersOf(item: VisibleItem): readonly string[] {
  return item.type === 'layer' ? [item.id] : item.layers;
}

function boxesOf(items: readonly (readonly [id: string, layers: readonly string[]])[], analysis: Analysis) {
  const boxes: FigureBox[] = [];
  const boxOf = new Map<string, number>();
  for (const [id, ids] of items) {
    const layers = ids.flatMap((layer) => analysis.layers.get(layer) ?? []);
    const shape = layers.at(-1)?.outputShape ?? [];
    const costliest = layers.reduce<(typeof layers)[number] | undefined>(
      (most, layer) => (most === undefined || layer.macs >= most.macs ? layer : most),
      undefined,
    );
    const category = costliest === undefined ? undefined : layerSpec(costliest.kind).category;
    // A picture with some zeros around it is no other picture.
    const isPadded = category === 'shape' && shape.length > 1;
    const last = boxes.at(-1);
    if (category !== undefined && !isPadded && (last === undefined || !sameShape(last.shape, shape)))
      boxes.push({ shape, category });
    boxOf.set(id, boxes.length - 1);
  }
  return { boxes, boxOf };
}
