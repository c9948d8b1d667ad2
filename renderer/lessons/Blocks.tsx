import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import { evaluate } from '../../shared/lessons/evaluate.ts';
import type { Bar, Block } from '../../shared/lessons/tree.ts';
import { selectAndReveal } from '../state/app.ts';
import { grouped } from '../ui/numbers.ts';
import { ShapeText } from '../ui/ShapeText.tsx';
import { ExerciseCard } from './ExerciseCard.tsx';
import { InlineText, numberText } from './InlineText.tsx';
import { useLesson } from './LessonContext.ts';
import { SameNumbers } from './SameNumbers.tsx';

const LessonStepper = lazy(async () => ({
  default: (await import('../lecture/stepper/LessonStepper.tsx')).LessonStepper,
}));

/** The parts of a lesson, from top to bottom. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <>
      {blocks.map((block, index) => (
        <OneBlock key={index} block={block} />
      ))}
    </>
  );
}

function OneBlock({ block }: { readonly block: Block }) {
  switch (block.type) {
    case 'heading':
      return (
        <h3>
          <InlineText content={block.children} />
        </h3>
      );
    case 'paragraph':
      return (
        <p>
          <InlineText content={block.children} />
        </p>
      );
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <Blocks blocks={item} />
        </li>
      ));
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case 'table':
      return (
        <table className="lesson-table">
          <thead>
            <tr>
              {block.header.map((cell, index) => (
                <th key={index}>
                  <InlineText content={cell} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>
                    <InlineText content={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'code':
      return (
        <pre className="lesson-code" tabIndex={0}>
          {block.text}
        </pre>
      );
    case 'rule':
      return <hr />;
    case 'formula':
      return (
        <div className="lesson-formula">
          {block.lines.map((line, index) => (
            <div key={index}>
              <InlineText content={line} />
            </div>
          ))}
        </div>
      );
    case 'bars':
      return <Bars bars={block.bars} />;
    case 'layers':
      return <LayersTable project={block.project} />;
    case 'same-numbers':
      return <SameNumbers dense={block.dense} convolution={block.convolution} />;
    case 'stepper':
      return (
        <Suspense fallback={null}>
          <LessonStepper layer={block.layer} />
        </Suspense>
      );
    case 'exercise':
      return <ExerciseCard key={block.exercise.id} exercise={block.exercise} />;
  }
}

/** Numbers of the canvas beside each other, as bars from zero. */
function Bars({ bars }: { readonly bars: readonly Bar[] }) {
  const { around } = useLesson();
  const values = bars.map(({ expression }) => {
    const value = evaluate(expression, around);
    return value?.type === 'number' ? value.value : 0;
  });
  const most = Math.max(...values, 1);
  return (
    <dl className="lesson-bars">
      {bars.map(({ label }, index) => (
        <div key={index}>
          <dt>
            <InlineText content={label} />
          </dt>
          <dd>
            <span
              className="lesson-bar"
              style={{ width: `${String((100 * (values[index] ?? 0)) / most)}%` }}
            />
            <span>{numberText(values[index] ?? 0)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Every layer of a canvas with its shape and how it is calculated. */
function LayersTable({ project }: { readonly project: string | null }) {
  const { t } = useTranslation();
  const { around } = useLesson();
  const layers = around.canvas(project)?.analysis.layers ?? new Map<string, never>();
  return (
    <table className="lesson-table lesson-layers" aria-label={t('lessons.layers')}>
      <thead>
        <tr>
          <th>{t('lessons.layer')}</th>
          <th>{t('lessons.arithmetic')}</th>
          <th>{t('lessons.shape')}</th>
          <th>{t('lessons.parameters')}</th>
        </tr>
      </thead>
      <tbody>
        {[...layers.values()].map(({ id, kind, arithmetic, outputShape, params }) => (
          <tr key={id}>
            <td>
              <button type="button" className="lesson-action" title={id} onClick={() => selectAndReveal(id)}>
                {kind}
              </button>
            </td>
            <td className="lesson-value">{arithmetic[0] ?? ''}</td>
            <td>{outputShape === null ? '–' : <ShapeText shape={outputShape} />}</td>
            <td className="lesson-value">{grouped(params.trainable + params.nonTrainable)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
