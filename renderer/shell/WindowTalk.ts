import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { WindowState, Wish } from '../../shared/rpc/contract.ts';
import { pageCommandSchema, type PageCommand } from '../../shared/rpc/pageCommands.ts';
import { useHost } from '../host/HostProvider.tsx';
import { setLanguage, useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { useFile } from '../state/file.ts';
import { useHistory } from '../state/history.ts';
import { sessionOf } from '../state/sessions.ts';
import { isTabEdited, showFile, useTabs } from '../state/tabs.ts';
import { stepText } from '../state/stepText.ts';
import { useTrainAction } from '../training/useTrainAction.ts';
import { openChosen, saveAll, tellNotOpened } from './projectFiles.ts';
import type { Command } from './command.ts';
import { inDialog, takesText } from './useShortcuts.ts';

/** What a text field does itself with these. */
const inTextFields: Readonly<Partial<Record<PageCommand, string>>> = {
  undo: 'undo',
  redo: 'redo',
  selectAll: 'selectAll',
};

/** Deprecated, and still the only way to a text field's own history; so it is not taken from the DOM's types. */
interface TextEditing {
  execCommand(command: string): boolean;
}

/** The keys of all commands that a menu has. */
function menuKeys(commands: readonly Command[]): WindowState['keys'] {
  return Object.fromEntries(
    commands.flatMap(({ id, keys }) => {
      const { data } = pageCommandSchema.safeParse(id);
      return data === undefined || keys.length === 0 ? [] : [[data, [...keys]]];
    }),
  );
}

interface WindowTalkProps {
  readonly commands: readonly Command[];
  /** Has what is not kept yet kept by the core. */
  readonly flush: () => Promise<void>;
}

/**
 * Tells the host what its window's title and menus go by, and does what they ask. Shows nothing: a component of its
 * own, so that what changes with every edit does not draw the whole page anew.
 */
export function WindowTalk({ commands, flush }: WindowTalkProps): null {
  const { t } = useTranslation();
  const host = useHost();
  const train = useTrainAction();
  const history = useHistory();
  const name = useDocument(({ document }) => document.name);
  const fileToken = useFile((state) => state.fileToken);
  const edited = useTabs(({ order }) => order.some(isTabEdited));
  const otherFiles = useTabs(({ order, active }) =>
    order
      .filter((id) => id !== active)
      .flatMap((id) => sessionOf(id)?.file.fileToken ?? [])
      .join(' '),
  );
  const language = useApp((state) => state.language);
  const { colorScheme: theme } = useMantineColorScheme();
  const state: WindowState = {
    name,
    fileToken,
    openFiles: [
      ...(fileToken === null ? [] : [fileToken]),
      ...(otherFiles === '' ? [] : otherFiles.split(' ')),
    ],
    edited,
    undo: history.undo === null ? null : stepText(t, history.undo).slice(0, 300),
    redo: history.redo === null ? null : stepText(t, history.redo).slice(0, 300),
    language,
    theme,
    train: train.does,
    keys: useMemo(() => menuKeys(commands), [commands]),
  };
  const told = JSON.stringify(state);
  useEffect(() => host.tell(JSON.parse(told) as WindowState), [host, told]);

  const run = (id: PageCommand, byKey: boolean) => {
    const inText = inTextFields[id];
    const command = commands.find((one) => one.id === id);
    const focused = document.activeElement;
    // The page's own shortcuts are left alone there, and the menu's are the same keys.
    const isTaken = takesText(focused) ? inText === undefined : inDialog(focused);
    if (byKey && isTaken && command?.inText !== true && id !== 'trainOrStop') return;
    if (takesText(focused) && inText !== undefined) {
      (document as TextEditing).execCommand(inText);
    } else if (id === 'trainOrStop') {
      train.act();
    } else if (id === 'en' || id === 'zh-TW') {
      setLanguage(id);
    } else {
      command?.run();
    }
  };
  const closeAfterFlush = async (may: boolean) => {
    // A core that keeps nothing any more does not keep the window open.
    await flush().catch(() => undefined);
    host.mayClose(may);
  };
  const onWish = (wish: Wish) => {
    if (wish.type === 'command') run(wish.id, wish.byKey === true);
    // The core is to know that the projects are in their files, else they come back as edited ones.
    if (wish.type === 'saveAndClose') void saveAll(t, host).then(closeAfterFlush);
    if (wish.type === 'close') void closeAfterFlush(true);
    if (wish.type === 'problems') tellNotOpened(t, t('app.theFile'), wish.problems);
    if (wish.type === 'open') openChosen(t, wish.file);
    if (wish.type === 'show') showFile(wish.fileToken);
  };
  const latestWish = useRef(onWish);
  useEffect(() => {
    latestWish.current = onWish;
  });
  useEffect(() => host.onWish((wish) => latestWish.current(wish)), [host]);
  return null;
}
