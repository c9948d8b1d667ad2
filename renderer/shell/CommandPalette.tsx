import { Kbd } from '@mantine/core';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { Search } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { layers } from '../../shared/layers/index.ts';
import { templateList } from '../../shared/templates/list.ts';
import { useApp } from '../state/app.ts';
import { appendLayer } from '../state/addCommands.ts';
import { openTemplate } from '../templates/gallery.ts';
import { LayerIcon } from '../ui/LayerIcon.tsx';
import type { Command } from './command.ts';
import { shortcutText } from './keys.ts';

/** Everything the program can do, by name: opened by Ctrl/Cmd+K. */
export function CommandPalette({ commands }: { readonly commands: readonly Command[] }) {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  const actions = useMemo((): SpotlightActionGroupData[] => {
    return [
      {
        group: t('commands.groupCommands'),
        actions: commands.map((command) => ({
          id: command.id,
          label: t(`commands.${command.id}`),
          onClick: () => command.run(),
          ...(shortcutText(command) === '' ? {} : { rightSection: <Kbd>{shortcutText(command)}</Kbd> }),
        })),
      },
      {
        group: t('commands.groupLayers'),
        actions: [...layers.values()].map((spec) => ({
          id: `layer ${spec.kind}`,
          label: spec.title[language],
          description: spec.summary[language],
          keywords: [spec.kind, ...Object.values(spec.title)],
          leftSection: <LayerIcon spec={spec} size={18} />,
          onClick: () => void appendLayer(spec.kind),
        })),
      },
      {
        group: t('commands.groupTemplates'),
        actions: templateList.map((template) => ({
          id: `template ${template.id}`,
          label: template.name,
          description: template.description[language],
          onClick: () => void openTemplate(t, template),
        })),
      },
    ];
  }, [t, language, commands]);
  return (
    <Spotlight
      actions={actions}
      // The table of keys has it, so that it can be set otherwise.
      shortcut={null}
      nothingFound={t('commands.nothing')}
      highlightQuery
      scrollable
      maxHeight={460}
      attributes={{ content: { 'aria-label': t('toolbar.commands') } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      searchProps={{
        placeholder: t('commands.placeholder'),
        'aria-label': t('commands.placeholder'),
        leftSection: <Search size={16} aria-hidden="true" />,
      }}
    />
  );
}
