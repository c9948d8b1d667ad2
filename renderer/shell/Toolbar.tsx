import { ActionIcon, Button, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import {
  Command as CommandIcon,
  Download,
  FolderOpen,
  Keyboard,
  Languages,
  LayoutTemplate,
  Monitor,
  Moon,
  PanelLeft,
  PanelRight,
  Redo2,
  Sun,
  Table2,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { HistoryButton } from '../editing/HistoryButton.tsx';
import { ExportButton } from '../export/ExportButton.tsx';
import { languages } from '../i18n.ts';
import { PictureButton } from '../picture/PictureButton.tsx';
import { setLanguage, useApp } from '../state/app.ts';
import { redo, undo } from '../state/commands.ts';
import { useHistory } from '../state/history.ts';
import { stepText } from '../state/stepText.ts';
import { openGallery } from '../templates/gallery.ts';
import { TemplateGallery } from '../templates/TemplateGallery.tsx';
import { EngineBadge } from '../training/EngineBadge.tsx';
import { TrainButton } from '../training/TrainButton.tsx';
import { showSide, useNarrow } from './narrow.ts';
import { ProjectName } from './ProjectName.tsx';
import type { Command, CommandId } from './command.ts';
import { shortcutText } from './keys.ts';

/** The project's name, and what is done with it as a whole. */
export function Toolbar({ commands }: { readonly commands: readonly Command[] }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const command = (id: CommandId) => commands.find((one) => one.id === id);
  const keysOf = (id: CommandId) => {
    const found = command(id);
    return found === undefined ? '' : shortcutText(found);
  };
  return (
    <header>
      <div className="toolbar" role="toolbar" aria-label={t('toolbar.label')}>
        <ToolButton label={t('toolbar.showPalette')} onClick={() => showSide('palette')}>
          <PanelLeft size={17} />
        </ToolButton>
        <ProjectName />
        <div className="toolbar-group">
          <UndoButtons undoKeys={keysOf('undo')} redoKeys={keysOf('redo')} />
          <HistoryButton keys={keysOf('history')} />
        </div>
        <div className="toolbar-group">
          <TemplatesButton compact={narrow} />
          <ToolButton label={t('toolbar.open')} keys={keysOf('open')} onClick={() => command('open')?.run()}>
            <FolderOpen size={17} />
          </ToolButton>
          <ToolButton label={t('toolbar.save')} keys={keysOf('save')} onClick={() => command('save')?.run()}>
            <Download size={17} />
          </ToolButton>
        </div>
        <div className="toolbar-group">
          <TrainButton />
          <ExportButton />
          <ToolButton label={t('commands.analysis')} onClick={() => command('analysis')?.run()}>
            <Table2 size={17} />
          </ToolButton>
          <PictureButton />
        </div>
        <div className="toolbar-space" />
        <div className="toolbar-group">
          <EngineBadge />
          <ToolButton label={t('toolbar.commands')} keys={keysOf('commands')} onClick={spotlight.open}>
            <CommandIcon size={16} />
          </ToolButton>
          <ToolButton
            label={t('editing.sheet.title')}
            keys={keysOf('shortcuts')}
            onClick={() => command('shortcuts')?.run()}
          >
            <Keyboard size={17} />
          </ToolButton>
          <LanguageMenu />
          <ThemeMenu />
          <ToolButton label={t('toolbar.showInspector')} onClick={() => showSide('inspector')}>
            <PanelRight size={17} />
          </ToolButton>
        </div>
      </div>
    </header>
  );
}

interface UndoProps {
  readonly undoKeys: string;
  readonly redoKeys: string;
}

/** Apart from the other buttons: what they say changes with every letter that is typed. */
function UndoButtons({ undoKeys, redoKeys }: UndoProps) {
  const { t } = useTranslation();
  const history = useHistory();
  const undoLabel =
    history.undo === null ? t('toolbar.undo') : t('toolbar.undoStep', { step: stepText(t, history.undo) });
  const redoLabel =
    history.redo === null ? t('toolbar.redo') : t('toolbar.redoStep', { step: stepText(t, history.redo) });
  return (
    <>
      <ToolButton label={undoLabel} keys={undoKeys} disabled={history.undo === null} onClick={undo}>
        <Undo2 size={17} />
      </ToolButton>
      <ToolButton label={redoLabel} keys={redoKeys} disabled={history.redo === null} onClick={redo}>
        <Redo2 size={17} />
      </ToolButton>
    </>
  );
}

interface ToolButtonProps {
  readonly label: string;
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function ToolButton({ label, keys = '', disabled = false, onClick, children }: ToolButtonProps) {
  return (
    <Tooltip label={keys === '' ? label : `${label} (${keys})`}>
      <ActionIcon
        size={30}
        aria-label={label}
        // A button that cannot be pressed now still says what it is for, and keeps its place in the order of focus.
        aria-disabled={disabled}
        {...(disabled ? { 'data-disabled': true } : {})}
        onClick={() => {
          if (!disabled) onClick();
        }}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function TemplatesButton({ compact }: { readonly compact: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        className="tool-text"
        leftSection={<LayoutTemplate size={16} aria-hidden="true" />}
        aria-label={t('toolbar.templates')}
        onClick={openGallery}
      >
        {compact ? null : t('toolbar.templates')}
      </Button>
      <TemplateGallery />
    </>
  );
}

function LanguageMenu() {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Tooltip label={t('toolbar.language')}>
          <ActionIcon size={30} aria-label={t('toolbar.language')}>
            <Languages size={17} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={language} onChange={(code) => setLanguage(code === 'zh-TW' ? code : 'en')}>
          {languages.map(({ code, name }) => (
            <Menu.RadioItem key={code} value={code} lang={code} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

const schemes = [
  { scheme: 'light', Icon: Sun },
  { scheme: 'dark', Icon: Moon },
  { scheme: 'auto', Icon: Monitor },
] as const;

function ThemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemes.find(({ scheme }) => scheme === colorScheme)?.Icon ?? Monitor;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Tooltip label={t('toolbar.theme')}>
          <ActionIcon size={30} aria-label={t('toolbar.theme')}>
            <Current size={17} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(chosen) =>
            setColorScheme(schemes.find(({ scheme }) => scheme === chosen)?.scheme ?? 'auto')
          }
        >
          {schemes.map(({ scheme }) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick>
              {t(`toolbar.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
