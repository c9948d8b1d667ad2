import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';

import { analyze } from '../../shared/graph/analyze.ts';
import { network } from '../../shared/testing/networks.ts';
import { changeParams, restoreDocument, undo } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { WeightsOwner } from './WeightsOwner.tsx';

const conv = { filters: 2, kernelSize: 1 };

function Shown() {
  const { document } = useDocument();
  const [node, layer] = [document.nodes[2], analyze(document).layers.get('b')];
  return node === undefined || layer === undefined ? null : <WeightsOwner node={node} layer={layer} />;
}
const node = () => useDocument.getState().document.nodes[2];

beforeEach(() => {
  restoreDocument(
    network(
      [
        ['in', 'Input', { shape: [4, 4, 2] }],
        ['a', 'Conv2D', conv],
        ['b', 'Conv2D', conv],
      ],
      ['in > a', 'a > b'],
    ),
  );
});

it('shares weights with another layer of its kind, takes them back, and can be undone', () => {
  renderPage(<Shown />);
  fireEvent.change(screen.getByLabelText('Weights'), { target: { value: 'a' } });
  expect(node()?.sharedWith).toBe('a');
  fireEvent.change(screen.getByLabelText('Weights'), { target: { value: '' } });
  expect(node()?.sharedWith).toBeUndefined();
  undo();
  expect(node()?.sharedWith).toBe('a');
});

it('offers no layer whose weights cannot be the same', () => {
  changeParams('a', { filters: 3 });
  renderPage(<Shown />);
  expect(screen.queryByLabelText('Weights')).toBeNull();
});

it('freezes and trains', () => {
  renderPage(<Shown />);
  fireEvent.click(screen.getByRole('switch'));
  expect(node()?.trainable).toBe(false);
  fireEvent.click(screen.getByRole('switch'));
  expect(node()?.trainable).toBeUndefined();
});
