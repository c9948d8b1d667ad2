import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

import { evaluate, type LessonValue } from '../../shared/lessons/evaluate.ts';
import type { Inline, LessonAction, LessonCommand } from '../../shared/lessons/inline.ts';
import { selectAndReveal } from '../state/app.ts';
import { useCommandList } from '../shell/commandList.ts';
import { grouped, short } from '../ui/numbers.ts';
import { ShapeText } from '../ui/ShapeText.tsx';
import { useLesson } from './LessonContext.ts';
import { openLesson } from './lessonState.ts';
import { showCanvas } from './lessonTabs.ts';
import { addressOf } from './pictureAddress.ts';

/** A lesson's text with its numbers, which follow the canvas. */
export function InlineText({ content }: { readonly content: readonly Inline[] }) {
  return (
    <>
      {content.map((piece, index) => (
        // Pieces of a text have no other identity than their place.
        <Piece key={index} piece={piece} />
      ))}
    </>
  );
}

function Piece({ piece }: { readonly piece: Inline }) {
  const { around } = useLesson();
  switch (piece.type) {
    case 'text':
      return <>{piece.text}</>;
    case 'value':
      return <ValueText value={evaluate(piece.expression, around)} />;
    case 'strong':
    case 'em':
    case 'del': {
      const Tag = piece.type;
      return (
        <Tag>
          <InlineText content={piece.children} />
        </Tag>
      );
    }
    case 'code':
      return <code>{piece.text}</code>;
    case 'break':
      return <br />;
    case 'link':
      return (
        <a href={piece.href} target="_blank" rel="noreferrer">
          <InlineText content={piece.children} />
        </a>
      );
    case 'action':
      return <ActionLink action={piece.action} content={piece.children} />;
    case 'image':
      return <Picture file={piece.file} alt={piece.alt} />;
  }
}

function Picture({ file, alt }: { readonly file: string; readonly alt: string }) {
  const { lesson } = useLesson();
  const picture = lesson.folder.pictures.get(file);
  if (picture === undefined) return <em>{alt}</em>;
  return <img className="lesson-picture" src={addressOf(picture)} alt={alt} />;
}

/** A number of the canvas as it is now. */
export function ValueText({ value }: { readonly value: LessonValue | null }) {
  const { t } = useTranslation();
  if (value === null) return <span className="lesson-value lesson-unknown">{t('lessons.unknown')}</span>;
  return (
    <span className="lesson-value">
      {value.type === 'number' && numberText(value.value)}
      {value.type === 'shape' &&
        (value.axes && value.shape.length <= 3 ? (
          <ShapeText shape={value.shape} />
        ) : (
          value.shape.map((side, index) => (
            <Fragment key={index}>
              {index > 0 && ' × '}
              {side}
            </Fragment>
          ))
        ))}
      {(value.type === 'text' || value.type === 'arithmetic') && value.text}
    </span>
  );
}

/** Whole numbers in full, the largest short; others with three digits. */
export function numberText(value: number): string {
  if (!Number.isInteger(value)) return String(Number(value.toPrecision(3)));
  return value < 1e12 ? grouped(value) : short(value);
}

function ActionLink({
  action,
  content,
}: {
  readonly action: LessonAction;
  readonly content: readonly Inline[];
}) {
  const { lesson } = useLesson();
  const commands = useCommandList();
  const act = () => {
    if (action.type === 'lesson') openLesson(action.lesson);
    if (action.type === 'project') showCanvas(lesson, action.project);
    if (action.type === 'layer') {
      showCanvas(lesson, action.project);
      selectAndReveal(action.layer);
    }
    if (action.type === 'command') commands.find(({ id }) => id === commandOf(action.command))?.run();
  };
  return (
    <button type="button" className="lesson-action" data-action={action.type} onClick={act}>
      <InlineText content={content} />
    </button>
  );
}

/** What a lesson calls the feature maps stands beside the digit that they come from. */
function commandOf(command: LessonCommand): string {
  return command === 'maps' ? 'digit' : command;
}
