import './picture.css';

import { Button, NativeSelect, Radio } from '@mantine/core';
import { Copy, Download } from 'lucide-react';
import { useId, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { fileNameOf } from '../../shared/fileName.ts';
import { drawPicture, pictureKinds } from '../../shared/picture/index.ts';
import { themeNames } from '../../shared/picture/theme.ts';
import { useHost } from '../host/HostProvider.tsx';
import { useAnalysis } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { useShownDocument } from '../state/ShownDocument.tsx';
import { choosePicture, formats, scales, usePictureDialog } from './pictureDialog.ts';
import { canDraw, dataUrl, toPng } from './toPng.ts';

type Outcome = { readonly isError: boolean; readonly text: string };

/** Asks what is drawn and how, shows it, and copies or saves it. */
export function PictureForm() {
  const { t } = useTranslation();
  const host = useHost();
  const language = useApp((state) => state.language);
  const document = useShownDocument();
  const analysis = useAnalysis();
  const { kind, theme, format, scale } = usePictureDialog();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const picture = useMemo(
    () => drawPicture(document, { kind, theme, language }, analysis),
    [document, kind, theme, language, analysis],
  );
  const isTooLarge = format === 'png' && !canDraw(picture, scale);
  const blob = () =>
    format === 'png'
      ? toPng(picture, scale)
      : Promise.resolve(new Blob([picture.svg], { type: 'image/svg+xml' }));
  const copy = async () => {
    try {
      // A clipboard takes SVG as text alone, which is what programs that draw paste.
      if (format === 'svg') await navigator.clipboard.writeText(picture.svg);
      else await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob() })]);
      setOutcome({ isError: false, text: t('picture.copied') });
    } catch (error) {
      setOutcome({ isError: true, text: t('picture.notCopied', { reason: reasonOf(error) }) });
    }
  };
  const save = async () => {
    try {
      const path = await host.deliverFile(`${fileNameOf(document.name)}-${kind}.${format}`, await blob());
      setOutcome(path === null ? null : { isError: false, text: t('picture.saved', { path }) });
    } catch (error) {
      setOutcome({ isError: true, text: t('picture.notDrawn', { reason: reasonOf(error) }) });
    }
  };
  return (
    <div className="picture-form">
      <div className="picture-choices">
        <Choice
          label={t('picture.kind')}
          value={kind}
          onChange={(value) => choosePicture({ kind: pictureKinds.find((one) => one === value) ?? kind })}
        >
          {pictureKinds.map((one) => (
            <Radio key={one} value={one} label={t(`picture.${one}`)} description={t(`picture.${one}Hint`)} />
          ))}
        </Choice>
        <Choice
          label={t('picture.theme')}
          value={theme}
          onChange={(value) => choosePicture({ theme: themeNames.find((one) => one === value) ?? theme })}
        >
          {themeNames.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t(`picture.${one}`)}
              description={one === 'print' ? t('picture.printHint') : undefined}
            />
          ))}
        </Choice>
        <Choice
          label={t('picture.format')}
          value={format}
          onChange={(value) => choosePicture({ format: formats.find((one) => one === value) ?? format })}
        >
          {formats.map((one) => (
            <Radio key={one} value={one} label={t(`picture.${one}`)} />
          ))}
        </Choice>
        {format === 'png' && <ScaleField width={picture.width} height={picture.height} />}
        <div className="picture-actions">
          <Button
            leftSection={<Download size={16} aria-hidden />}
            disabled={isTooLarge}
            onClick={() => void save()}
          >
            {t('picture.save')}
          </Button>
          <Button
            variant="default"
            leftSection={<Copy size={16} aria-hidden />}
            disabled={isTooLarge}
            onClick={() => void copy()}
          >
            {t('picture.copy')}
          </Button>
        </div>
        {isTooLarge && <p role="status">{t('picture.notDrawn', { reason: t('picture.tooLarge') })}</p>}
        {outcome !== null && <p role={outcome.isError ? 'alert' : 'status'}>{outcome.text}</p>}
      </div>
      <figure className="picture-preview" data-theme={theme}>
        <img
          src={dataUrl(picture.svg)}
          alt={t('picture.preview', {
            kind: t(`picture.${kind}`),
            name: document.name || t('toolbar.untitled'),
          })}
        />
        <figcaption className="soft">
          {t('picture.size', { width: picture.width, height: picture.height })}
        </figcaption>
      </figure>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <Radio.Group label={label} value={value} onChange={onChange}>
      <div className="picture-options">{children}</div>
    </Radio.Group>
  );
}

function ScaleField({ width, height }: { readonly width: number; readonly height: number }) {
  const { t } = useTranslation();
  const id = useId();
  const scale = usePictureDialog((state) => state.scale);
  return (
    <div>
      <label htmlFor={id}>{t('picture.scale')}</label>
      <NativeSelect
        id={id}
        size="xs"
        value={String(scale)}
        data={scales.map((one) => ({
          value: String(one),
          label: t('picture.scaleOption', { scale: one, width: width * one, height: height * one }),
        }))}
        onChange={(event) => {
          const found = scales.find((one) => String(one) === event.currentTarget.value);
          if (found !== undefined) choosePicture({ scale: found });
        }}
      />
    </div>
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
