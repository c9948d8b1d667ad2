import { useMemo, type KeyboardEvent } from 'react';

import { blockOfItem } from '../../shared/graph/blocks.ts';
import { collapseBlock, selectedBlock } from '../state/blockCommands.ts';

/** Space expands the collapsed block that has the focus; Enter does where it is selected already. */
export function useBlockKeys() {
  return useMemo(
    () => ({
      onKeyDownCapture(event: KeyboardEvent) {
        const { target, key } = event;
        if (!(target instanceof HTMLElement) || !target.matches('.react-flow__node-collapsed')) return;
        const id = blockOfItem(target.getAttribute('data-id') ?? '');
        if (id === undefined) return;
        if (key !== ' ' && !(key === 'Enter' && selectedBlock() === id)) return;
        event.preventDefault();
        event.stopPropagation();
        collapseBlock(id, false);
        requestAnimationFrame(() =>
          document.querySelector<HTMLElement>(`[data-block="${CSS.escape(id)}"] .frame-name`)?.focus(),
        );
      },
    }),
    [],
  );
}
