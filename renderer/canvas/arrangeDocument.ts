import type { Document } from '../../shared/document.ts';
import { itemPosition } from '../../shared/graph/blockFrames.ts';
import { visibleGraph } from '../../shared/graph/blocks.ts';
import type { Position } from '../../shared/graph/edit.ts';
import { arrangeLayers } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { motion } from '../ui/motion.ts';
import { setMoving } from './canvasState.ts';
import { arrange, layoutWork } from './layout.ts';

/** Beyond this much the layout would hold up the page, and gliding would show nothing. */
const small = 150;

/** Arranges the network from left to right as one step; small networks glide to their places. */
export async function arrangeDocument(): Promise<void> {
  const { document } = useDocument.getState();
  const isSmall = layoutWork(document) <= small;
  const places = isSmall ? arrange(document) : await arrangeElsewhere(document);
  // Whoever went on drawing meanwhile is not interrupted.
  if (useDocument.getState().document !== document) return;
  const from = new Map(visibleGraph(document).items.map((item) => [item.id, itemPosition(item)]));
  arrangeLayers(places);
  const duration = isSmall ? motion(250) : 0;
  if (duration > 0) glide(from, places, duration);
}

function arrangeElsewhere(document: Document): Promise<ReadonlyMap<string, Position>> {
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
    worker.postMessage(document);
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
