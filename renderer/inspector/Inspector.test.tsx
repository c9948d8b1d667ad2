import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { findTemplate } from '../../shared/templates/index.ts';
import { chain } from '../../shared/testing/networks.ts';
import { select } from '../state/app.ts';
import { restoreDocument, undo } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { TrainSettings } from '../training/TrainSettings.tsx';
import { Inspector } from './Inspector.tsx';

const lenet = findTemplate('lenet-5')!.document;
const current = () => useDocument.getState().document;
const steps = () => useDocument.temporal.getState().pastStates.length;
const params = (id: string) => current().nodes.find((node) => node.id === id)!.params;
const choose = (name: string, value: string) =>
  fireEvent.change(screen.getByRole('combobox', { name }), { target: { value } });
const typeIn = (name: string, text: string) =>
  fireEvent.change(screen.getByRole('textbox', { name }), { target: { value: text } });

function inspect(id: string, document = lenet) {
  restoreDocument(document);
  select([id]);
  renderPage(<Inspector />);
}

beforeEach(() => restoreDocument(lenet));

describe('the properties of a layer', () => {
  it('are typed in one undo step, which ends where the field is left', () => {
    inspect('conv2d_1');
    for (const text of ['1', '12', '128']) typeIn('Filters', text);
    expect(steps()).toBe(1);
    fireEvent.blur(screen.getByRole('textbox', { name: 'Filters' }));
    typeIn('Filters', '64');
    expect(steps()).toBe(2);
    undo();
    expect(params('conv2d_1')['filters']).toBe(128);
  });

  it('are chosen in one undo step for each choice', () => {
    inspect('conv2d_1');
    choose('Activation', 'relu');
    choose('Activation', 'selu');
    expect(steps()).toBe(2);
    undo();
    expect(params('conv2d_1')['activation']).toBe('relu');
  });

  it('are switched in one undo step for each switching', () => {
    inspect('conv2d_1');
    fireEvent.click(screen.getByRole('switch', { name: 'Bias' }));
    fireEvent.click(screen.getByRole('switch', { name: 'Bias' }));
    expect(steps()).toBe(2);
    undo();
    expect(params('conv2d_1')['useBias']).toBe(false);
  });

  it('keep choosing a padding and typing its number apart', () => {
    inspect('conv2d_1');
    choose('Padding', 'number');
    typeIn('Padding: Rows and columns on each side', '2');
    undo();
    expect(params('conv2d_1')['padding']).toBe(1);
  });

  it('gain and lose axes in one undo step for each', () => {
    inspect('input_1', chain(['input_1', 'Input', { shape: [4] }]));
    fireEvent.click(screen.getByRole('button', { name: 'Add an axis' }));
    fireEvent.click(screen.getByRole('button', { name: 'Add an axis' }));
    expect(steps()).toBe(2);
    undo();
    expect(params('input_1')['shape']).toEqual([4, 1]);
  });
});

describe('what a network lacks yet', () => {
  it('is said of the project where it concerns no layer, with what would do it', () => {
    restoreDocument({ ...lenet, dataset: null });
    select([]);
    renderPage(<Inspector />);
    expect(screen.queryByText('Choose a dataset first: LeNet-5 has none to learn from.')).not.toBeNull();
    expect(screen.queryByText('Next step')).not.toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Use MNIST handwritten digits' }));
    expect(current().dataset).toEqual({ kind: 'mnist' });
    expect(screen.queryByText('Next step')).toBeNull();
  });
});

describe('the settings of a training', () => {
  it('keep choosing an optimizer and typing its learning rate apart', () => {
    const before = current().training.optimizer;
    renderPage(<TrainSettings />);
    choose('Optimizer', 'sgd');
    choose('Optimizer', 'rmsprop');
    typeIn('Learning rate', '0.5');
    expect(current().training.optimizer).toMatchObject({ kind: 'rmsprop', learningRate: 0.5 });
    undo();
    expect(current().training.optimizer.kind).toBe('rmsprop');
    undo();
    expect(current().training.optimizer.kind).toBe('sgd');
    undo();
    expect(current().training.optimizer).toEqual(before);
  });
});
