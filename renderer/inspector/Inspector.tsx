import './inspector.css';

import { useTranslation } from 'react-i18next';

import { useAnalysis } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { useShownDocument } from '../state/ShownDocument.tsx';
import { BlockInspector } from '../blocks/BlockInspector.tsx';
import { blockOfSelection } from '../state/blockCommands.ts';
import { LayerInspector } from './LayerInspector.tsx';
import { ProjectInspector } from './ProjectInspector.tsx';
import { SeveralInspector } from './SeveralInspector.tsx';

/** The properties of what is selected: a layer, several, or the project. */
export function Inspector() {
  const { t } = useTranslation();
  const selection = useApp((state) => state.selection);
  const chosen = useApp((state) => state.selectedBlock);
  const block = useDocument(({ document }) => {
    const id = blockOfSelection(document, selection, chosen);
    return document.blocks.find((candidate) => candidate.id === id);
  });
  const [only = ''] = selection;
  const node = useShownDocument().nodes.find(({ id }) => id === only);
  const layer = useAnalysis().layers.get(only);
  const shown = block?.id ?? (selection.size > 1 ? 'several' : node === undefined ? 'project' : node.id);
  return (
    // What is selected next is shown from its beginning, not from where the last one was scrolled to.
    <aside key={shown} className="inspector" aria-label={t('inspector.label')}>
      {block !== undefined ? (
        <BlockInspector key={block.id} block={block} />
      ) : selection.size > 1 ? (
        <SeveralInspector ids={selection} />
      ) : node === undefined || layer === undefined ? (
        <ProjectInspector />
      ) : (
        // Fields belong to their layer: what is typed in one must not show up in the next.
        <LayerInspector key={node.id} node={node} layer={layer} />
      )}
    </aside>
  );
}
