import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

import { isPooling } from '../../../shared/lecture/stepping/arithmetic.ts';
import type { Cell, ChannelSum, StepperLayer, Term } from '../../../shared/lecture/stepping/types.ts';
import { exactText, factorText, isSame, type Shown } from '../../../shared/lecture/stepping/view.ts';

/** Which number of the window is pointed at. */
export interface Pointed {
  readonly channel: number;
  readonly kernelRow: number;
  readonly kernelColumn: number;
}

interface Props {
  readonly layer: StepperLayer;
  readonly cell: Cell;
  readonly shown: Shown;
  /** The trainer's number; undefined where there is none to compare with. */
  readonly expected: number | undefined;
  readonly pointed: Pointed | null;
  readonly onPoint: (pointed: Pointed | null) => void;
}

/** Sums of more channels than these are not written out one by one. */
const mostSums = 8;

/** How one number of the output comes about: every product, the sum of each channel, bias, activation. */
export function Calculation({ layer, cell, shown, expected, pointed, onPoint }: Props) {
  const { t } = useTranslation();
  const visible = cell.channels.filter(({ channel }) =>
    isPooling(layer) || layer.kind === 'depthwise' ? true : shown.channels.includes(channel),
  );
  return (
    <section className="stepper-calculation" aria-label={t('stepper.calculation')}>
      <div className="stepper-channels" role="group" aria-label={t('stepper.products')} tabIndex={0}>
        {visible.map((channel) => (
          <ChannelProducts
            key={channel.channel}
            layer={layer}
            channel={channel}
            shown={shown}
            pointed={pointed}
            onPoint={onPoint}
          />
        ))}
      </div>
      <div className="stepper-result">
        {cell.channels.length !== 1 && <Sums cell={cell} />}
        {cell.bias !== null && (
          <div>
            <span className="soft">{t('stepper.bias')}</span>
            <span>{`${exactText(cell.sum)} + ${factorText(cell.bias)} = `}</span>
            <strong>{exactText(cell.before)}</strong>
          </div>
        )}
        {layer.activation !== 'linear' && (
          <div>
            <span className="soft">{t('stepper.activation')}</span>
            <span>{`${layer.activation}(${exactText(cell.before)}) = `}</span>
            <strong>{exactText(cell.output)}</strong>
            {layer.activation === 'softmax' && <span className="soft">{t('stepper.softmax')}</span>}
          </div>
        )}
        <div className="stepper-outcome">
          <span className="soft">{t('stepper.output')}</span>
          <output>{exactText(cell.output)}</output>
        </div>
        {expected !== undefined && !isSame(cell.output, expected) && (
          <p className="stepper-differs" role="alert">
            {t('stepper.differs', { ours: String(cell.output), trainer: String(expected) })}
          </p>
        )}
      </div>
    </section>
  );
}

/** `2 + 0 + (−2) = 0`, over the channels. */
function Sums({ cell: { channels, sum } }: { readonly cell: Cell }) {
  const { t } = useTranslation();
  const written = channels.slice(0, mostSums);
  const rest = channels.slice(mostSums).reduce((all, one) => all + one.sum, 0);
  const texts = written.map((one, index) => (index === 0 ? exactText(one.sum) : factorText(one.sum)));
  return (
    <div>
      <span className="soft">{t('stepper.sum')}</span>
      <span>
        {texts.join(' + ')}
        {channels.length > mostSums && (
          <span className="soft">
            {` + ${factorText(rest)} ${t('stepper.otherChannels', { count: channels.length - mostSums })}`}
          </span>
        )}
        {' = '}
      </span>
      <strong>{exactText(sum)}</strong>
    </div>
  );
}

interface ChannelProps extends Pick<Props, 'layer' | 'shown' | 'pointed' | 'onPoint'> {
  readonly channel: ChannelSum;
}

/** The products of one channel, as they lie in the window. */
function ChannelProducts({ layer, channel, shown, pointed, onPoint }: ChannelProps) {
  const { t } = useTranslation();
  const { rows, columns } = shown.kernel;
  const isShown = ({ kernelRow, kernelColumn }: Term) =>
    kernelRow >= rows.from &&
    kernelRow < rows.from + rows.count &&
    kernelColumn >= columns.from &&
    kernelColumn < columns.from + columns.count;
  const terms = channel.terms.filter(isShown);
  const part = terms.reduce((sum, { product }) => sum + product, 0);
  const kernelRows = [...new Set(terms.map(({ kernelRow }) => kernelRow))];
  const largest = layer.kind === 'pooling-max' ? terms.find(({ value }) => value === channel.sum) : undefined;
  return (
    <div className="stepper-products">
      <h4 className="axis-channels">{t('stepper.channel', { number: channel.channel + 1 })}</h4>
      {terms.length === 0 && <p className="soft">{t('stepper.nothingPainted')}</p>}
      <table onPointerLeave={() => onPoint(null)}>
        <tbody>
          {kernelRows.map((kernelRow) => (
            <tr key={kernelRow}>
              {terms
                .filter((term) => term.kernelRow === kernelRow)
                .map((term) => (
                  <Product
                    key={term.kernelColumn}
                    term={term}
                    isFirst={term === terms[0]}
                    isListed={layer.kind === 'pooling-max'}
                    isLast={term === terms.at(-1)}
                    isLargest={term === largest}
                    isPointed={
                      pointed?.channel === channel.channel &&
                      pointed.kernelRow === term.kernelRow &&
                      pointed.kernelColumn === term.kernelColumn
                    }
                    onPoint={() => onPoint({ channel: channel.channel, ...term })}
                  />
                ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="stepper-sum">
        <PooledSum layer={layer} channel={channel} />
        {!isPooling(layer) && terms.length < channel.terms.length && (
          <Fragment>
            <span className="soft">{t('stepper.thisPart')}</span> {`= ${exactText(part)}`}
            <span className="soft"> · {t('stepper.wholeChannel')}</span>{' '}
          </Fragment>
        )}
        {!isPooling(layer) && (
          <>
            {'= '}
            <strong>{exactText(channel.sum)}</strong>
          </>
        )}
      </div>
    </div>
  );
}

function PooledSum({ layer, channel: { terms, sum } }: Pick<ChannelProps, 'layer' | 'channel'>) {
  const { t } = useTranslation();
  if (layer.kind === 'pooling-max')
    return (
      <>
        <span className="soft">{t('stepper.largest', { count: terms.length })}</span> ={' '}
        <strong>{exactText(sum)}</strong>
      </>
    );
  if (layer.kind !== 'pooling-average') return null;
  return (
    <>
      {`${exactText(sum)} / ${String(terms.length)} = `}
      <strong>{exactText(sum / terms.length)}</strong>
    </>
  );
}

interface ProductProps {
  readonly term: Term;
  readonly isFirst: boolean;
  /** In a list, not in a sum. */
  readonly isListed: boolean;
  readonly isLast: boolean;
  readonly isLargest: boolean;
  readonly isPointed: boolean;
  readonly onPoint: () => void;
}

function Product({ term, isFirst, isLast, isListed, isLargest, isPointed, onPoint }: ProductProps) {
  const { value, weight, product, isInside } = term;
  const first = isFirst || isListed ? exactText(value, 2) : factorText(value, 2);
  return (
    <td
      data-nothing={product === 0}
      data-padding={!isInside}
      data-largest={isLargest}
      data-hovered={isPointed}
      title={weight === null ? undefined : `= ${exactText(product)}`}
      onPointerEnter={onPoint}
    >
      {!isFirst && !isListed && <span className="stepper-plus">+</span>}
      {weight === null ? first : `${first}·${factorText(weight, 2)}`}
      {isListed && !isLast && ','}
    </td>
  );
}
