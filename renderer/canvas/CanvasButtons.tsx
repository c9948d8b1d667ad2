import { ActionIcon, Tooltip } from '@mantine/core';
import { Panel, useReactFlow } from '@xyflow/react';
import { Box, Grid3x3, Map as MapIcon, Maximize, Minus, Plus, ScanEye, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { reveal, toggleMaps, toggleMinimap, togglePictures, toggleSnapping, useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { motion } from '../ui/motion.ts';
import { arrangeDocument } from './arrangeDocument.ts';

/** Zoom, fit, arrange, volumes: a row at the lower left, below the overview. */
export function CanvasButtons() {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const pictures = useApp((state) => state.pictures);
  const maps = useApp((state) => state.maps);
  const minimap = useApp((state) => state.minimap);
  const snapToGrid = useApp((state) => state.snapToGrid);
  const empty = useDocument(({ document }) => document.nodes.length === 0);
  return (
    <Panel position="bottom-left" className="canvas-buttons">
      <CanvasButton label={t('canvas.zoomIn')} onClick={() => void flow.zoomIn({ duration: motion(150) })}>
        <Plus size={16} />
      </CanvasButton>
      <CanvasButton label={t('canvas.zoomOut')} onClick={() => void flow.zoomOut({ duration: motion(150) })}>
        <Minus size={16} />
      </CanvasButton>
      <CanvasButton label={t('canvas.fit')} disabled={empty} onClick={() => reveal('all')}>
        <Maximize size={15} />
      </CanvasButton>
      <CanvasButton
        label={t('canvas.arrange')}
        disabled={empty}
        onClick={() => void arrangeDocument({ flow: 'right' })}
      >
        <Workflow size={16} />
      </CanvasButton>
      <CanvasButton
        label={t('canvas.arrangeDown')}
        disabled={empty}
        onClick={() => void arrangeDocument({ flow: 'down' })}
      >
        <Workflow size={16} className="turned" />
      </CanvasButton>
      <CanvasButton
        label={t('canvas.snapToGrid')}
        pressed={snapToGrid}
        onClick={() => toggleSnapping('snapToGrid')}
      >
        <Grid3x3 size={16} />
      </CanvasButton>
      <CanvasButton label={t('canvas.pictures')} pressed={pictures} onClick={togglePictures}>
        <Box size={16} />
      </CanvasButton>
      <CanvasButton label={t('canvas.maps')} pressed={maps} onClick={toggleMaps}>
        <ScanEye size={16} />
      </CanvasButton>
      <CanvasButton label={t('canvas.showMinimap')} pressed={minimap} onClick={toggleMinimap}>
        <MapIcon size={15} />
      </CanvasButton>
    </Panel>
  );
}

interface ButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
}

function CanvasButton({ label, onClick, children, disabled = false, pressed }: ButtonProps) {
  return (
    <Tooltip label={label} position="top">
      <ActionIcon
        aria-label={label}
        onClick={onClick}
        disabled={disabled}
        size={30}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed, variant: pressed ? 'light' : 'subtle' })}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
