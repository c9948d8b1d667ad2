import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument } from '../../shared/document.ts';
import { select, setLanguage } from '../state/app.ts';
import { addLayer } from '../state/addCommands.ts';
import { changeParams, restoreDocument, setDataset, undo } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { Inspector } from './Inspector.tsx';

const paramsOf = (id: string) =>
  useDocument.getState().document.nodes.find((node) => node.id === id)?.params ?? {};
const field = (param: string) =>
  within(document.querySelector<HTMLElement>(`[data-param="${param}"]`) ?? document.body);

beforeEach(() => {
  setLanguage('en');
  restoreDocument(emptyDocument());
  addLayer('Input');
  addLayer('Conv2D');
  addLayer('Flatten');
  addLayer('Dense');
  renderPage(<Inspector />);
});

describe('an automatic parameter', () => {
  it('says that it is, and what it follows', () => {
    expect(paramsOf('dense_1')).toMatchObject({ units: 10, activation: 'softmax' });
    expect(field('units').getByRole('note').getAttribute('aria-label')).toMatch(
      /^automatic: .*number of classes/,
    );
    expect(field('useBias').queryByText('automatic')).toBeNull();
  });

  it('is set by hand as one step, and made automatic again by a button, as another', () => {
    fireEvent.change(screen.getByRole('textbox', { name: 'Units' }), { target: { value: '12' } });
    expect(field('units').queryByText('automatic')).toBeNull();
    fireEvent.click(field('units').getByRole('button', { name: /^Make Units automatic again/ }));
    expect(paramsOf('dense_1')['units']).toBe(10);
    expect(field('units').queryByText('automatic')).not.toBeNull();
    undo();
    expect(paramsOf('dense_1')['units']).toBe(12);
    undo();
    expect(paramsOf('dense_1')['units']).toBe(10);
  });

  it('follows within the step that it follows, so that one undo takes both back', () => {
    addLayer('Dense');
    expect([paramsOf('dense_1')['units'], paramsOf('dense_2')['units']]).toEqual([128, 10]);
    undo();
    expect(paramsOf('dense_1')['units']).toBe(10);
  });

  it('follows a dataset that is chosen later', () => {
    setDataset(null);
    changeParams('input_1', { shape: [32, 32, 1] });
    undo();
    setDataset({ kind: 'mnist' });
    expect(paramsOf('input_1')).toMatchObject({ shape: [28, 28, 1] });
  });
});

it('a window says how large it can be, and by which numbers', async () => {
  select(['conv2d_1']);
  changeParams('conv2d_1', { padding: 1 });
  expect(
    await screen.findByText('At most 30 × 30: input_1 and the padding give 28 + 2·1 = 30.'),
  ).not.toBeNull();
  changeParams('conv2d_1', { padding: 'same' });
  await waitFor(() => expect(screen.queryByText(/^At most/)).toBeNull());
});
