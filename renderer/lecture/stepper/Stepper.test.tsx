import { act, fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { lectureExample } from '../../../shared/lecture/stepping/example.ts';
import { findTemplate } from '../../../shared/templates/index.ts';
import { useLookAt } from '../../interpretation/lookAt.ts';
import { restoreDocument } from '../../state/commands.ts';
import { useApp } from '../../state/app.ts';
import { renderPage } from '../../testing/renderPage.tsx';
import { useRuns } from '../../training/runs.ts';
import { ExampleStepper } from './ExampleStepper.tsx';
import { LayerStepper } from './LayerStepper.tsx';
import { Stepper } from './Stepper.tsx';
import { useStepper } from './stepperDialog.ts';

const stepper = () => screen.getByRole('group', { name: 'Convolution, step by step' });
const calculation = () => screen.getByRole('region', { name: 'Calculation' });
const output = () => within(calculation()).getByRole('status').textContent;
const pass = (milliseconds: number) =>
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });
const press = (key: string) => fireEvent.keyDown(stepper(), { key });

beforeEach(() => {
  useApp.setState({ language: 'en' });
  useStepper.setState({ open: null, example: null });
});

describe('the lecture’s example', () => {
  it('shows the first number with its products, its sums and its bias', () => {
    renderPage(<Stepper layer={lectureExample()} />);
    expect(output()).toBe('1');
    expect(calculation().textContent).toContain('1 + (−1) + 0 = 0');
    expect(calculation().textContent).toContain('0 + 1 = 1');
    expect(within(calculation()).getAllByRole('cell')).toHaveLength(27);
    expect(within(stepper()).getAllByText('(5 − 3 + 2·1)/2 + 1 = 3')).toHaveLength(2);
  });

  it('goes by the keys from place to place and from filter to filter', () => {
    renderPage(<Stepper layer={lectureExample()} />);
    const seen = [output()];
    for (const key of ['ArrowRight', '.', 'ArrowDown', 'Home', 'PageDown', 'ArrowRight', 'End', ',']) {
      press(key);
      seen.push(output());
    }
    expect(seen).toEqual(['1', '0', '−3', '1', '1', '−1', '−6', '−3', '−3']);
  });

  it('jumps to a number of the output that is clicked', () => {
    renderPage(<Stepper layer={lectureExample()} />);
    fireEvent.click(screen.getByRole('button', { name: 'Filter 2, row 2, column 3' }));
    expect(output()).toBe('−4');
    expect(screen.getByRole('heading', { name: 'Row 2 of 3, column 3 of 3 · Filter 2' })).not.toBeNull();
  });

  it('plays by itself, pauses, and stops at the end', () => {
    vi.useFakeTimers();
    renderPage(<Stepper layer={lectureExample()} />);
    press(' ');
    pass(2000);
    expect(output()).toBe('−3');
    press(' ');
    pass(5000);
    expect(output()).toBe('−3');
    fireEvent.click(screen.getByRole('button', { name: 'Play' }));
    pass(20_000);
    expect(screen.getByRole('heading', { name: /^Row 3 of 3, column 3 of 3/ })).not.toBeNull();
    expect(screen.getByRole('button', { name: 'Play' })).not.toBeNull();
    vi.useRealTimers();
  });

  it('keeps what comes later to itself where it fills in as it goes', () => {
    renderPage(<Stepper layer={lectureExample()} />);
    const last = () => screen.getByRole('button', { name: 'Filter 1, row 3, column 3' }).textContent;
    expect(last()).toBe('1');
    fireEvent.click(screen.getByRole('switch', { name: 'Fill in as it goes' }));
    expect(last()).toBe('·');
    press('End');
    expect(last()).toBe('1');
  });

  it('follows when a number or a setting is changed, and goes back', () => {
    renderPage(<ExampleStepper />);
    const change = (name: string, value: string) =>
      fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } });
    change('Bias of filter 1', '5');
    expect(output()).toBe('5');
    change('Input, channel 1, row 2, column 2', '3');
    // Its weight is 0.
    expect(output()).toBe('5');
    change('Filter 1, channel 1, row 3, column 3', '-1');
    expect(output()).toBe('2');
    change('Stride', '1');
    expect(within(stepper()).getAllByText('(5 − 3 + 2·1)/1 + 1 = 5')).toHaveLength(2);
    change('Padding', '0');
    change('Dilation', '4');
    expect(screen.getByRole('alert').textContent).toMatch(/^The window does not fit/);
    fireEvent.click(screen.getByRole('button', { name: 'Back to the lecture’s numbers' }));
    expect(output()).toBe('1');
  });

  it('says where the trainer has another number, and only there', () => {
    const trained = [1, -1, 7];
    renderPage(<Stepper layer={lectureExample()} trained={trained} />);
    expect(screen.queryByRole('alert')).toBeNull();
    press('ArrowRight');
    expect(screen.getByRole('alert').textContent).toContain('7 instead of 0');
  });
});

describe('a layer of the network on the canvas', () => {
  beforeEach(() => {
    restoreDocument(findTemplate('lenet-5')!.document);
    useRuns.setState(useRuns.getInitialState(), true);
    useLookAt.setState(useLookAt.getInitialState(), true);
  });

  it('is stepped through with the trainer’s numbers, a large one around its window', async () => {
    renderPage(<LayerStepper layerId="max_pooling2d_1" />);
    expect(await screen.findByText('Untrained: initial weights')).not.toBeNull();
    const input = await screen.findAllByRole('img', { name: /^Input, channel/ });
    expect(input[0]!.querySelectorAll('.stepper-cell')).toHaveLength(49);
    expect(screen.getAllByRole('img', { name: /^All of the input/ }).length).toBeGreaterThan(0);
    // The fake gives 0, 0.1, 0.2 … row by row: the largest is the last of the window.
    expect(Number(output())).toBeCloseTo(((15 * 28 + 15) * 6) / 10, 5);
  });

  it('says so where there is no window, and where no numbers can be had', async () => {
    renderPage(<LayerStepper layerId="flatten_1" />);
    expect(screen.getByText(/^flatten_1 slides no window/)).not.toBeNull();
    restoreDocument({ ...findTemplate('lenet-5')!.document, dataset: null });
    renderPage(<LayerStepper layerId="conv2d_1" />);
    expect(await screen.findByText(/^There is no picture to look at yet/)).not.toBeNull();
  });
});
