import './blocks.css';

import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { Document, DocumentNode } from '../../shared/document.ts';
import { blocksAround, blockTree, visibleGraph } from '../../shared/graph/blocks.ts';
import { putInto, selectBlock, showInside, takeOut } from '../state/blockCommands.ts';
import { useShownDocument } from '../state/ShownDocument.tsx';
import { nameOfBlock } from './blockFlow.ts';

/** Which block a layer stands in, and the ways in and out: into the blocks of what it is connected with. */
export function BlockOfLayer({ node }: { readonly node: DocumentNode }) {
  const { t } = useTranslation();
  const document = useShownDocument();
  const { block } = node;
  const isHidden = visibleGraph(document).itemOf.get(node.id) !== node.id;
  const near = isHidden ? [] : blocksBeside(document, node);
  if (block === undefined && near.length === 0) return null;
  return (
    <p className="block-path soft">
      {block !== undefined && (
        <Anchor component="button" type="button" size="xs" onClick={() => selectBlock(block)}>
          {t('blocks.inBlock', { name: nameOfBlock(document, block) })}
        </Anchor>
      )}
      {block === undefined ? null : isHidden ? (
        <Anchor component="button" type="button" size="xs" onClick={() => showInside(node.id)}>
          {t('blocks.showOnCanvas')}
        </Anchor>
      ) : (
        <Anchor component="button" type="button" size="xs" onClick={() => takeOut(node.id)}>
          {t('blocks.takeOut')}
        </Anchor>
      )}
      {near.map((id) => (
        <Anchor key={id} component="button" type="button" size="xs" onClick={() => putInto(node.id, id)}>
          {t('blocks.putInto', { name: nameOfBlock(document, id) })}
        </Anchor>
      ))}
    </p>
  );
}

/** The blocks, other than its own and those around it, of the layers that a layer is connected with. */
function blocksBeside(document: Document, { id, block }: DocumentNode): readonly string[] {
  const wires = document.edges.filter(({ source, target }) => source === id || target === id);
  const others = new Set(wires.flatMap(({ source, target }) => [source, target]));
  const around = blocksAround(blockTree(document), block);
  const beside = document.nodes.flatMap((node) =>
    others.has(node.id) && node.block !== undefined && !around.includes(node.block) ? [node.block] : [],
  );
  return [...new Set(beside)];
}
