import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import { create } from 'zustand';

import { templateGroups, type TemplateGroup, type TemplateInfo } from '../../shared/templates/list.ts';
import { loadTemplate } from '../../shared/templates/load.ts';
import { openInTab } from '../state/tabs.ts';

/** Whether all templates are shown. */
export const useGallery = create<{ readonly opened: boolean }>(() => ({ opened: false }));

export function openGallery(): void {
  useGallery.setState({ opened: true });
}

export function closeGallery(): void {
  useGallery.setState({ opened: false });
}

/** Fetches a template's layers and opens it, as a step that can be undone; or says that they cannot be had. */
export async function openTemplate(t: TFunction, { id, name }: TemplateInfo): Promise<void> {
  try {
    const document = await loadTemplate(id);
    closeGallery();
    openInTab(document);
  } catch {
    notifications.show({
      color: 'red',
      title: t('templates.notLoaded', { name }),
      message: t('templates.notLoadedHint'),
      closeButtonProps: { 'aria-label': t('app.close') },
    });
  }
}

/** The templates of one group, in the gallery's order. */
export interface TemplateSection {
  readonly group: TemplateGroup;
  readonly templates: readonly TemplateInfo[];
}

/**
 * The templates that someone means by what they type, by group: by name, or, where no name fits, by all that stands on
 * the card in any language, and what `groupText` calls its group.
 */
export function searchTemplates(
  list: readonly TemplateInfo[],
  query: string,
  groupText: (group: TemplateGroup) => string,
): readonly TemplateSection[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (textOf: (info: TemplateInfo) => readonly string[]) =>
    list.filter((info) => {
      const text = textOf(info).join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    });
  // “resnet50” means ResNet-50.
  const named = found(({ id, name }) => [id, name, name.replaceAll(/[-\s]/g, '')]);
  const all =
    named.length > 0
      ? named
      : found(({ group, year, description, inputShape, dataset }) => [
          groupText(group),
          String(year),
          ...Object.values(description),
          inputShape.join('×'),
          dataset ?? '',
        ]);
  return templateGroups
    .map((group) => ({ group, templates: all.filter((info) => info.group === group) }))
    .filter(({ templates }) => templates.length > 0);
}
