import { lazy, Suspense, type ReactNode } from 'react';

import type { DocumentNode } from '../../shared/document.ts';
import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { useApp } from '../state/app.ts';

const BlockMaps = lazy(async () => ({ default: (await import('../insight/BlockMaps.tsx')).BlockMaps }));

interface BlockPictureProps {
  readonly node: DocumentNode;
  readonly layer: LayerAnalysis;
  /** The volume. */
  readonly children: ReactNode;
}

/** The volume of a layer's output, or its maps of a picture where they are asked for. */
export function BlockPicture({ node, layer, children }: BlockPictureProps) {
  const maps = useApp((state) => state.maps);
  if (!maps) return children;
  return (
    <Suspense fallback={children}>
      <BlockMaps node={node} layer={layer}>
        {children}
      </BlockMaps>
    </Suspense>
  );
}
