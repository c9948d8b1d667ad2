import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { Search } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { replacementsFor } from '../../shared/graph/edit/rewire.ts';
import { layers } from '../../shared/layers/index.ts';
import { focusLayer } from '../canvas/focusLayer.ts';
import { useApp } from '../state/app.ts';
import { chooseLayer, useDialogs, type LayerChoice } from '../state/dialogs.ts';
import { useDocument } from '../state/document.ts';
import { LayerIcon } from '../ui/LayerIcon.tsx';
import { carryOut } from './layerChoice.ts';

const [store, chooser] = createSpotlight();

/** Lets one layer be chosen of all: to be put into a connection, or into another's place. */
export function LayerChooser() {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  const choice = useDialogs((state) => state.choice);
  const actions = useMemo(
    () =>
      kindsFor(choice).flatMap((kind) => {
        const spec = layers.get(kind);
        if (spec === undefined || choice === null) return [];
        return {
          id: kind,
          label: spec.title[language],
          description: spec.summary[language],
          keywords: [spec.kind, ...Object.values(spec.title)],
          leftSection: <LayerIcon spec={spec} size={18} />,
          onClick: () => focusLayer(carryOut(choice, kind)),
        };
      }),
    [choice, language],
  );
  useEffect(() => {
    if (choice !== null) chooser.open();
  }, [choice]);
  const title =
    choice?.purpose === 'replace'
      ? t('editing.replaceTitle', { layer: choice.id })
      : t('editing.insertTitle');
  return (
    <Spotlight
      store={store}
      actions={actions}
      shortcut={null}
      nothingFound={t('commands.nothing')}
      highlightQuery
      scrollable
      maxHeight={460}
      onSpotlightClose={() => chooseLayer(null)}
      attributes={{ content: { 'aria-label': title } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      searchProps={{
        placeholder: title,
        'aria-label': t('editing.chooseLayer'),
        leftSection: <Search size={16} aria-hidden="true" />,
      }}
    />
  );
}

function kindsFor(choice: LayerChoice | null): readonly string[] {
  const all = [...layers.keys()];
  if (choice === null) return [];
  if (choice.purpose === 'replace') return replacementsFor(useDocument.getState().document, choice.id, all);
  return choice.edge === undefined ? all : all.filter((kind) => (layers.get(kind)?.inputs.max ?? 0) > 0);
}
