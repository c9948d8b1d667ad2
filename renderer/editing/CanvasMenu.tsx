import { Menu } from '@mantine/core';
import { Fragment, useState, type MouseEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

import { blockOfItem } from '../../shared/graph/blocks.ts';
import { colorCommands } from '../../shared/rpc/pageCommands.ts';
import { selectBlock } from '../state/blockCommands.ts';
import { select, selectEdges, useApp } from '../state/app.ts';
import { useCommandList } from '../shell/commandList.ts';
import type { CommandId } from '../shell/command.ts';
import { shortcutText } from '../shell/keys.ts';
import { selectNone } from '../state/editing.ts';

type Target = 'layers' | 'wire' | 'canvas';
type Entry =
  | CommandId
  | { readonly title: 'menuSelect' | 'menuArrange' | 'menuColor'; readonly ids: readonly CommandId[] };

const arranging: Entry = {
  title: 'menuArrange',
  ids: [
    'alignLeft',
    'alignCentre',
    'alignRight',
    'alignTop',
    'alignMiddle',
    'alignBottom',
    'distributeHorizontally',
    'distributeVertically',
    'arrangeSelection',
  ],
};

/** What can be done with each part of the canvas, in groups. */
const menus: Readonly<Record<Target, readonly (readonly Entry[])[]>> = {
  layers: [
    ['stepThrough'],
    ['cut', 'copy', 'duplicate'],
    ['insert', 'replace', 'bypass', 'disconnect'],
    [
      {
        title: 'menuSelect',
        ids: ['selectSameKind', 'selectUpstream', 'selectDownstream', 'selectInverted', 'selectAll'],
      },
      arranging,
      {
        title: 'menuColor',
        ids: colorCommands,
      },
    ],
    ['group', 'ungroup', 'toggleBlock'],
    ['comment', 'lock'],
    ['remove', 'removeOnly'],
  ],
  wire: [['insert'], ['remove']],
  canvas: [
    ['paste', 'selectAll', 'find'],
    ['arrange', 'arrangeDown', 'arrangeRest'],
    ['snapToGrid', 'guides', 'pictures', 'maps', 'fit'],
  ],
};

/** The menu of the right mouse button, and of Shift+F10, on layers, connections and the empty canvas. */
export function CanvasMenu({ children }: { readonly children: ReactElement<{ onContextMenu?: unknown }> }) {
  const { t } = useTranslation();
  const [target, setTarget] = useState<Target>('canvas');
  return (
    <Menu shadow="md" position="bottom-start" withinPortal>
      <Menu.ContextMenu>
        <div className="canvas-menu-area" onContextMenu={(event) => setTarget(targetOf(event))}>
          {children}
        </div>
      </Menu.ContextMenu>
      <Menu.Dropdown
        aria-label={t(
          `editing.menu${target === 'layers' ? 'Layers' : target === 'wire' ? 'Wire' : 'Canvas'}`,
        )}
      >
        {menus[target].map((group, index) => (
          // Groups have no other identity than their place.
          <Fragment key={index}>
            {index > 0 && <Menu.Divider />}
            {group.map((entry) =>
              typeof entry === 'string' ? (
                <Item key={entry} id={entry} />
              ) : (
                <Menu.Sub key={entry.title}>
                  <Menu.Sub.Target>
                    <Menu.Sub.Item>{t(`editing.${entry.title}`)}</Menu.Sub.Item>
                  </Menu.Sub.Target>
                  <Menu.Sub.Dropdown>
                    {entry.ids.map((id) => (
                      <Item key={id} id={id} />
                    ))}
                  </Menu.Sub.Dropdown>
                </Menu.Sub>
              ),
            )}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What lies under the pointer; it is selected, where it was not. */
function targetOf({ target }: MouseEvent): Target {
  if (!(target instanceof Element)) return 'canvas';
  const layer = target.closest('.react-flow__node')?.getAttribute('data-id');
  if (layer != null) {
    const block = blockOfItem(layer);
    if (block !== undefined) selectBlock(block);
    else if (!useApp.getState().selection.has(layer)) select([layer]);
    return 'layers';
  }
  if (target.closest('.react-flow__nodesselection') !== null) return 'layers';
  const wire = target.closest('.react-flow__edge')?.getAttribute('data-id');
  if (wire != null) {
    if (!useApp.getState().selectedEdges.has(wire)) {
      select([]);
      selectEdges([wire]);
    }
    return 'wire';
  }
  selectNone();
  return 'canvas';
}

function Item({ id }: { readonly id: CommandId }) {
  const { t } = useTranslation();
  const command = useCommandList().find((one) => one.id === id);
  if (command === undefined) return null;
  const keys = shortcutText(command);
  return (
    <Menu.Item
      onClick={() => command.run()}
      rightSection={keys === '' ? undefined : <span className="menu-keys">{keys}</span>}
    >
      {t(`commands.${id}`)}
    </Menu.Item>
  );
}
