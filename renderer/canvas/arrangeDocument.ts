import type { Document } from '../../shared/document.ts';
import type { Position } from '../../shared/graph/edit.ts';
import { flowOf, type Flow } from '../../shared/graph/flow.ts';
import { itemPosition } from '../../shared/graph/blockFrames.ts';
import { blockOfItem, membersOf, visibleGraph } from '../../shared/graph/blocks.ts';
import { fragmentOf } from '../../shared/graph/insertBlock.ts';
import { reveal } from '../state/app.ts';
import { arrangeLayers } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { movedByHand } from '../state/history.ts';
import { motion } from '../ui/motion.ts';
import { setMoving } from './canvasState.ts';
import { arrange, layoutWork, settled } from './layout.ts';

/** Beyond this much the layout would hold up the page, and gliding would show nothing. */
const small = 150;

export interface ArrangeOptions {
  /** As the network is drawn already, where it is not said. */
  readonly flow?: Flow;
  /** Moves these layers alone. */
  readonly only?: ReadonlySet<string>;
  /** Whether layers that were moved by hand stay where they are. */
  readonly keepsMoved?: boolean;
}

/** Arranges layers as one step; small networks glide to their places. Locked layers stay where they are. */
export async function arrangeDocument({
  flow,
  only,
  keepsMoved = false,
}: ArrangeOptions = {}): Promise<void> {
  const { document } = useDocument.getState();
  const part = only === undefined ? document : fragmentOf(document, only);
  const isSmall = layoutWork(part) <= small;
  const way = flow ?? flowOf(document);
  const laidOut = isSmall ? arrange(part, way) : await arrangeElsewhere(part, way);
  // Whoever went on drawing meanwhile is not interrupted.
  if (useDocument.getState().document !== document) return;
  const stays = new Set([
    ...document.nodes.flatMap(({ id, locked }) => (locked === true ? [id] : [])),
    ...(keepsMoved ? movedByHand() : []),
  ]);
  const from = new Map(visibleGraph(part).items.map((item) => [item.id, itemPosition(item)]));
  const keep = new Set(
    [...from.keys()].filter((id) => layersOf(document, id).some((layer) => stays.has(layer))),
  );
  const places = only === undefined && keep.size === 0 ? laidOut : settled(from, laidOut, keep);
  arrangeLayers(places, only === undefined ? way : undefined);
  if (only === undefined) reveal('arranged');
  const duration = isSmall ? motion(250) : 0;
  if (duration > 0) glide(from, places, duration);
}

/** The layers of what is drawn as one. */
function layersOf(document: Document, itemId: string): readonly string[] {
  const block = blockOfItem(itemId);
  return block === undefined ? [itemId] : [...membersOf(document, block)];
}

function arrangeElsewhere(document: Document, flow: Flow): Promise<ReadonlyMap<string, Position>> {
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<ReadonlyMap<string, Position>>) => {
      worker.terminate();
      resolve(data);
    });
    worker.addEventListener('error', ({ message }) => {
      worker.terminate();
      reject(new Error(message));
    });
    worker.postMessage({ document, flow });
  });
}

/** The document is there already; the blocks follow. */
function glide(
  from: ReadonlyMap<string, Position>,
  to: ReadonlyMap<string, Position>,
  duration: number,
): void {
  const start = performance.now();
  const frame = (now: number) => {
    const time = Math.min(1, (now - start) / duration);
    if (time >= 1) {
      setMoving(null);
      return;
    }
    const eased = 1 - (1 - time) ** 3;
    setMoving(
      new Map(
        [...to].map(([id, end]) => {
          const begin = from.get(id) ?? end;
          return [
            id,
            { x: begin.x + (end.x - begin.x) * eased, y: begin.y + (end.y - begin.y) * eased },
          ] as const;
        }),
      ),
    );
    requestAnimationFrame(frame);
  };
  setMoving(from);
  requestAnimationFrame(frame);
}
