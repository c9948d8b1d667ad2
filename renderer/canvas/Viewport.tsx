import { useOnViewportChange, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';

import { itemPosition } from '../../shared/graph/blockFrames.ts';
import { visibleGraph } from '../../shared/graph/blocks.ts';
import { flowOf } from '../../shared/graph/flow.ts';
import { useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { motion } from '../ui/motion.ts';
import { blockHeight, blockWidth } from './blockSize.ts';
import type { CanvasNode, WireEdge } from './flowAdapter.ts';
import { farthest, fitOptions, fittedView, inView, readableStart, readableZoom } from './viewportMath.ts';

/** Below this zoom blocks leave out what cannot be read, and write the rest larger. */
const farZoom = 0.5;
/** A network that was arranged is shown as a whole unless it then gets smaller than this share of its size. */
const almost = 0.75;

/** Moves the view where others ask for it, and tells the style sheet how far away the blocks are. */
export function Viewport() {
  const flow = useReactFlow<CanvasNode, WireEdge>();
  const store = useStoreApi();
  const wish = useApp((state) => state.reveal);
  const ready = useStore(({ width }) => width > 0);
  useOnViewportChange({ onEnd: (view) => useApp.setState({ view }) });
  // In steps, so that zooming does not restyle all blocks at every turn of the wheel.
  const far = useStore(({ transform: [, , zoom] }) => (zoom < farZoom ? Math.round(zoom * 20) / 20 : null));

  useEffect(() => {
    if (wish === null || !ready) return;
    const { document } = useDocument.getState();
    const { width, height, transform } = store.getState();
    const canvas = { width, height };
    const tall = blockHeight(useApp.getState().pictures);
    const { items, itemOf } = visibleGraph(document);
    const positions = items.map(itemPosition);
    if (wish.what === 'closer' || wish.what === 'farther') {
      void flow[wish.what === 'closer' ? 'zoomIn' : 'zoomOut']({ duration: motion(150) });
      return;
    }
    if (typeof wish.what === 'object' && 'zoom' in wish.what) {
      void flow.setViewport(wish.what);
      return;
    }
    if (wish.what === 'arranged') {
      // By the document: the blocks are still on their way.
      const fitted = fittedView(positions, tall, canvas);
      const fits = fitted.zoom >= Math.min(readableZoom, transform[2] * almost);
      const start = fits ? null : readableStart(positions, tall, canvas, flowOf(document));
      void flow.setViewport(start ?? fitted, { duration: motion(250) });
      return;
    }
    if (typeof wish.what === 'string') {
      const start = wish.what === 'start' ? readableStart(positions, tall, canvas, flowOf(document)) : null;
      if (start !== null) void flow.setViewport(start);
      else void flow.fitView(fitOptions(wish.what === 'start' ? 0 : motion(250)));
      return;
    }
    // A layer of a collapsed block is where that is.
    const ids = new Set(wish.what.map((id) => itemOf.get(id)));
    const wanted = items
      .filter(({ id }) => ids.has(id))
      .map((item) => ({ id: item.id, position: itemPosition(item) }));
    const view = { x: transform[0], y: transform[1], zoom: transform[2] };
    if (wanted.every(({ position }) => inView(position, tall, view, canvas))) return;
    const [only] = wanted;
    const duration = motion(250);
    if (wanted.length === 1 && only !== undefined) {
      const { x, y } = only.position;
      const closeEnough = Math.max(view.zoom, readableZoom);
      void flow.setCenter(x + blockWidth / 2, y + tall / 2, { zoom: closeEnough, duration });
    } else {
      void flow.fitView({ ...fitOptions(duration), nodes: wanted.map(({ id }) => ({ id })) });
    }
  }, [wish, ready, flow, store]);

  useEffect(() => {
    // Where the blocks are, rather than around the overview too, whose thousand blocks would be styled anew.
    const blocks = store.getState().domNode?.querySelector<HTMLElement>('.react-flow__viewport');
    blocks?.toggleAttribute('data-far', far !== null);
    if (far === null) return;
    blocks?.style.setProperty('--far-scale', String(Math.min(3.2, 1 / Math.max(far, 0.05))));
    blocks?.style.setProperty('--far-line', String(1 / Math.max(far, farthest)));
  }, [far, ready, store]);

  return null;
}
