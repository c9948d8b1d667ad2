import { visibleGraph } from '../../shared/graph/blocks.ts';
import { useDocument } from '../state/document.ts';

/** How many frames a block has to appear in: far ones are drawn only once the view has reached them. */
const patience = 30;

/** Gives the keyboard's focus to a layer, or to the collapsed block that it is in, as soon as it is drawn. */
export function focusLayer(id: string): void {
  let left = patience;
  const item = visibleGraph(useDocument.getState().document).itemOf.get(id) ?? id;
  const attempt = () => {
    const block = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(item)}"]`);
    if (block !== null) block.focus({ preventScroll: true });
    else if ((left -= 1) > 0) requestAnimationFrame(attempt);
  };
  attempt();
}
