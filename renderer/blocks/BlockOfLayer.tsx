import './blocks.css';

import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { DocumentNode } from '../../shared/document.ts';
import { visibleGraph } from '../../shared/graph/blocks.ts';
import { selectBlock, showInside, takeOut } from '../state/blockCommands.ts';
import { useDocument } from '../state/document.ts';
import { nameOfBlock } from './blockFlow.ts';

/** Which block a layer stands in, and the ways in and out. */
export function BlockOfLayer({ node }: { readonly node: DocumentNode }) {
  const { t } = useTranslation();
  const document = useDocument((state) => state.document);
  const { block } = node;
  if (block === undefined) return null;
  const isHidden = visibleGraph(document).itemOf.get(node.id) !== node.id;
  return (
    <p className="block-path soft">
      <Anchor component="button" type="button" size="xs" onClick={() => selectBlock(block)}>
        {t('blocks.inBlock', { name: nameOfBlock(document, block) })}
      </Anchor>
      {isHidden ? (
        <Anchor component="button" type="button" size="xs" onClick={() => showInside(node.id)}>
          {t('blocks.showOnCanvas')}
        </Anchor>
      ) : (
        <Anchor component="button" type="button" size="xs" onClick={() => takeOut(node.id)}>
          {t('blocks.takeOut')}
        </Anchor>
      )}
    </p>
  );
}
