import { Button, Loader } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ModelSource } from '../../shared/rpc/interpretation.ts';
import { useLatestAnswer } from '../interpretation/useLatestAnswer.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { MapCanvas } from './MapCanvas.tsx';
import { askForExciting, type ExcitingPicture } from './useExplanation.ts';

interface Props {
  readonly source: ModelSource;
  readonly layerId: string;
  readonly channel: number;
  readonly classes: readonly string[];
}

/** The nine test pictures that excite a channel most, each with its projection; found when asked for, as it takes a while. */
export function Exciting({ source, layerId, channel, classes }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Omit<Props, 'classes'> | null>(null);
  const question = useMemo(
    () => (asked === null ? null : askForExciting(asked.source, asked.layerId, asked.channel)),
    [asked],
  );
  const { data, of, problems } = useLatestAnswer(question);
  const isCurrent = asked?.layerId === layerId && asked.channel === channel && asked.source === source;
  const isAnswered = of === question && question !== null;
  const title = t('explain.exciting', { layer: layerId, channel: channel + 1 });
  return (
    <section className="explain-exciting" aria-label={title}>
      <h3>{title}</h3>
      {!isCurrent && (
        <Button size="compact-xs" variant="default" onClick={() => setAsked({ source, layerId, channel })}>
          {t('explain.find')}
        </Button>
      )}
      {isCurrent && !isAnswered && problems.length === 0 && (
        <Loader size={14} aria-label={t('explain.busy')} />
      )}
      {problems.map((problem) => (
        <p key={problem.code} role="alert" className="explain-refused">
          <ProblemText problem={problem} />
        </p>
      ))}
      {isCurrent && isAnswered && data !== null && (
        <ol className="explain-nine">
          {data.map((one) => (
            <li key={one.index}>
              <One one={one} name={classes[one.label] ?? String(one.label)} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function One({ one, name }: { readonly one: ExcitingPicture; readonly name: string }) {
  const { t } = useTranslation();
  const { picture, projection, box, index, value } = one;
  const [height = 1, width = 1] = picture.shape;
  const black = useMemo(
    () => ({ shape: picture.shape, values: new Float32Array(picture.values.length) }),
    [picture],
  );
  const percent = (part: number, whole: number) => `${String((100 * part) / whole)}%`;
  return (
    <figure aria-label={t('explain.one', { index, name, value: value.toPrecision(3) })}>
      <div className="explain-seen">
        <MapCanvas picture={picture} map={null} label={null} />
        <span
          className="explain-box"
          style={{
            top: percent(box.top, height),
            left: percent(box.left, width),
            height: percent(box.height, height),
            width: percent(box.width, width),
          }}
        />
      </div>
      <MapCanvas picture={black} map={projection} label={null} />
      <figcaption aria-hidden>{`${name} · ${value.toPrecision(3)}`}</figcaption>
    </figure>
  );
}
