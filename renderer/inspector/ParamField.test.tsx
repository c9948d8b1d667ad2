import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';

import { layerSpec } from '../../shared/layers/index.ts';
import { choice, int, padding2, real, shape, toggle, type Param } from '../../shared/layers/params.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { ParamField } from './ParamField.tsx';

const texts = {
  label: { en: 'Count', 'zh-TW': '數量' },
  help: { en: 'How many there are.', 'zh-TW': '有多少。' },
};
const count = int({ ...texts, min: 1, max: 100 });
const rate = real({ ...texts, min: 0, max: 1, below: true });

let changes: unknown[];

/** A field as the inspector has it, over a value that it changes. */
function Field({ param, start, reset }: { param: Param<unknown>; start: unknown; reset?: unknown }) {
  const [value, setValue] = useState(start);
  return (
    <ParamField
      name="count"
      param={param}
      value={value}
      defaultValue={reset}
      language="en"
      onChange={(next) => {
        changes.push(next);
        setValue(next);
      }}
    />
  );
}

const field = (name = 'Count') => screen.getByRole<HTMLInputElement>('textbox', { name });
const typeIn = (input: HTMLElement, text: string) => fireEvent.change(input, { target: { value: text } });
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

beforeEach(() => {
  changes = [];
});

describe('a field for a whole number', () => {
  it('takes over what is typed while it is valid', () => {
    renderPage(<Field param={count} start={5} />);
    for (const text of ['1', '12', '']) typeIn(field(), text);
    typeIn(field(), '64');
    expect(changes).toEqual([1, 12, 64]);
    expect(field().value).toBe('64');
  });

  it('says what is out of range, keeps it in the field, and does not take it over', () => {
    renderPage(<Field param={count} start={5} />);
    for (const text of ['101', '0', '-3', '2.5']) {
      typeIn(field(), text);
      expect(screen.queryByText('A whole number from 1 to 100')).not.toBeNull();
      expect(field().getAttribute('aria-invalid')).toBe('true');
      fireEvent.blur(field());
      expect(field().value).toBe(text);
    }
    expect(changes).toEqual([]);
    typeIn(field(), '100');
    expect(screen.queryByText('A whole number from 1 to 100')).toBeNull();
    expect(changes).toEqual([100]);
  });

  it('goes back to the value with Escape', () => {
    renderPage(<Field param={count} start={5} />);
    typeIn(field(), '5000');
    fireEvent.keyDown(field(), { key: 'Escape' });
    expect(field().value).toBe('5');
    expect(screen.queryByText('A whole number from 1 to 100')).toBeNull();
  });

  it('counts up and down with the arrow keys, not beyond its limits', () => {
    renderPage(<Field param={count} start={99} />);
    for (let times = 0; times < 3; times += 1) fireEvent.keyDown(field(), { key: 'ArrowUp' });
    expect(field().value).toBe('100');
    fireEvent.keyDown(field(), { key: 'ArrowDown' });
    expect(field().value).toBe('99');
    expect(changes).toEqual([100, 99]);
  });

  it('shows a value that was changed elsewhere, as by undo', () => {
    const at = (value: number) => (
      <ParamField name="count" param={count} value={value} language="en" onChange={() => undefined} />
    );
    const { rerender } = renderPage(at(5));
    typeIn(field(), '5000');
    rerender(at(7));
    expect(field().value).toBe('7');
  });
});

describe('a field for a number', () => {
  it.each([
    ['0.25', 0.25],
    ['0,25', 0.25],
    ['1e-3', 0.001],
    [' .5 ', 0.5],
  ])('reads “%s”', (text, value) => {
    renderPage(<Field param={rate} start={0} />);
    typeIn(field(), text);
    expect(changes).toEqual([value]);
    expect(field().value).toBe(text);
    fireEvent.blur(field());
    expect(field().value).toBe(String(value));
  });

  it.each(['1', '−0.5', 'much', '0.2.5', '1e999', 'Infinity'])('does not take over “%s”', (text) => {
    renderPage(<Field param={rate} start={0.5} />);
    typeIn(field(), text);
    expect(changes).toEqual([]);
    expect(screen.queryByText('A number from 0 to 1')).not.toBeNull();
  });

  it('may be half typed', () => {
    renderPage(<Field param={rate} start={0.5} />);
    for (const text of ['0', '0.', '0.0', '0.01']) {
      typeIn(field(), text);
      expect(field().value).toBe(text);
    }
    expect(changes).toEqual([0, 0.01]);
  });
});

describe('resetting', () => {
  it('is offered where the value is not the default, and says what it goes back to', () => {
    renderPage(<Field param={count} start={5} reset={8} />);
    press('Reset Count to 8');
    expect(changes).toEqual([8]);
    expect(field().value).toBe('8');
    expect(screen.queryByRole('button', { name: /^Reset/ })).toBeNull();
  });

  it('is offered for sizes by what they say, not by which object they are', () => {
    const { kernelSize } = layerSpec('Conv2D').params;
    const { unmount } = renderPage(<Field param={kernelSize!} start={[3, 3]} reset={[3, 3]} />);
    expect(screen.queryByRole('button', { name: /^Reset/ })).toBeNull();
    unmount();
    renderPage(<Field param={kernelSize!} start={[3, 5]} reset={[3, 3]} />);
    press('Reset Kernel size to 3 × 3');
    expect(changes).toEqual([[3, 3]]);
  });

  it('is not offered where there is no default', () => {
    renderPage(<Field param={count} start={5} />);
    expect(screen.queryByRole('button', { name: /^Reset/ })).toBeNull();
  });
});

describe('a control', () => {
  const { filters, activation, useBias, kernelSize, padding } = layerSpec('Conv2D').params;

  it.each([
    ['a number', filters, 3, 'textbox'],
    ['a choice', activation, 'relu', 'combobox'],
    ['a switch', useBias, true, 'switch'],
    ['a size', kernelSize, [3, 3], 'textbox'],
    ['a padding', padding, 'same', 'combobox'],
  ])('is described by what its parameter does: %s', (_name, param, start, role) => {
    renderPage(<Field param={param!} start={start} />);
    for (const control of screen.getAllByRole(role))
      expect(control.getAttribute('aria-description')).toBe(param!.help.en);
  });

  it('is described by what is wrong, where something is', () => {
    renderPage(<Field param={count} start={5} />);
    typeIn(field(), '5000');
    expect(screen.queryByRole('textbox', { description: 'A whole number from 1 to 100' })).not.toBeNull();
  });
});

describe('a choice and a switch', () => {
  it('give what was chosen', () => {
    renderPage(<Field param={choice({ ...texts, options: ['relu', 'tanh'] })} start="relu" />);
    fireEvent.change(screen.getByRole('combobox', { name: 'Count' }), { target: { value: 'tanh' } });
    expect(changes).toEqual(['tanh']);
  });

  it('give true and false', () => {
    renderPage(<Field param={toggle(texts)} start={true} />);
    fireEvent.click(screen.getByRole('switch', { name: 'Count' }));
    fireEvent.click(screen.getByRole('switch', { name: 'Count' }));
    expect(changes).toEqual([false, true]);
  });
});

describe('a size', () => {
  const { kernelSize } = layerSpec('Conv2D').params;
  const height = () => field('Kernel size: Height');
  const width = () => field('Kernel size: Width');

  it('changes height and width together while they are linked', () => {
    renderPage(<Field param={kernelSize!} start={[3, 3]} />);
    typeIn(width(), '5');
    expect(changes).toEqual([[5, 5]]);
    expect(height().value).toBe('5');
  });

  it('changes one side alone once it is unlinked, and makes them equal when it is linked again', () => {
    renderPage(<Field param={kernelSize!} start={[3, 3]} />);
    press(/unlink them/);
    typeIn(width(), '5');
    typeIn(height(), '7');
    press(/ link them/);
    expect(changes).toEqual([
      [3, 5],
      [7, 5],
      [7, 7],
    ]);
  });

  it('takes over no side that is out of range', () => {
    renderPage(<Field param={kernelSize!} start={[3, 3]} />);
    typeIn(height(), '0');
    typeIn(width(), '1.5');
    expect(changes).toEqual([]);
    expect(screen.getAllByText(/^A whole number from 1 to/)).toHaveLength(2);
  });
});

describe('a padding', () => {
  const { padding } = layerSpec('Conv2D').params;

  it('is a word, or a number that is then typed', () => {
    renderPage(<Field param={padding!} start="valid" />);
    const select = () => screen.getByRole('combobox');
    fireEvent.change(select(), { target: { value: 'same' } });
    fireEvent.change(select(), { target: { value: 'number' } });
    typeIn(screen.getByRole('textbox'), '2');
    fireEvent.change(select(), { target: { value: 'valid' } });
    expect(changes).toEqual(['same', 1, 2, 'valid']);
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('of four sides changes each by itself', () => {
    const start = [
      [1, 2],
      [3, 4],
    ];
    renderPage(<Field param={padding2({ ...texts, max: 9 })} start={start} />);
    typeIn(field('Count: Bottom'), '7');
    typeIn(field('Count: Left'), '8');
    typeIn(field('Count: Top'), '10');
    expect(changes).toEqual([
      [
        [1, 7],
        [3, 4],
      ],
      [
        [1, 7],
        [8, 4],
      ],
    ]);
  });
});

describe('a shape', () => {
  it('has one to four axes, named by their place', () => {
    renderPage(<Field param={shape({ ...texts, max: 512 })} start={[28]} />);
    const can = (name: string) => !screen.getByRole<HTMLButtonElement>('button', { name }).disabled;
    expect(can('Remove an axis')).toBe(false);
    press('Add an axis');
    press('Add an axis');
    press('Add an axis');
    expect(can('Add an axis')).toBe(false);
    press('Remove an axis');
    typeIn(field('Count: Width'), '32');
    typeIn(field('Count: Channels'), '3');
    press('Remove an axis');
    expect(changes).toEqual([
      [28, 1],
      [28, 1, 1],
      [28, 1, 1, 1],
      [28, 1, 1],
      [28, 32, 1],
      [28, 32, 3],
      [28, 32],
    ]);
  });
});
