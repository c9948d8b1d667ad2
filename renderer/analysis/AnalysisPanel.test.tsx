import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { findTemplate } from '../../shared/templates/index.ts';
import { chain } from '../../shared/testing/networks.ts';
import { select, useApp } from '../state/app.ts';
import { openDocument } from '../state/commands.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { AnalysisPanel } from './AnalysisPanel.tsx';
import { useAnalysisState } from './analysisState.ts';
import { HeatLegend } from './HeatLegend.tsx';

const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\u202f', ' ');
const row = (id: string) => document.querySelector(`[data-layer="${id}"]`)!.closest('tr')!;
const order = () =>
  [...document.querySelectorAll('[data-layer]')].map((button) => button.getAttribute('data-layer'));

beforeEach(() => {
  // jsdom lays nothing out: the rows need a height to be drawn in.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200);
  useApp.setState({ language: 'en' });
  useAnalysisState.setState({ heat: null, hidden: ['memoryShare'], batch: null, batchLetter: false });
  openDocument(findTemplate('lenet-5')!.document);
  select([]);
});
afterEach(() => vi.restoreAllMocks());

describe('the table of layers', () => {
  it('has a row for each, with the batch in front of its shape', () => {
    renderPage(<AnalysisPanel />);
    expect(order()).toHaveLength(9);
    expect(row('conv2d_1').textContent).toContain('128 × 28 × 28 × 6');
    expect(plain(row('conv2d_1').textContent)).toContain('117 600');
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('10');
  });

  it('is sorted by a column, the most first, and back again at the third click', () => {
    renderPage(<AnalysisPanel />);
    const head = screen.getByRole('button', { name: 'Parameters' });
    const before = order();
    fireEvent.click(head);
    expect(order()[0]).toBe('conv2d_3');
    expect(head.closest('th')!.getAttribute('aria-sort')).toBe('descending');
    fireEvent.click(head);
    expect(order().at(-1)).toBe('conv2d_3');
    fireEvent.click(head);
    expect(order()).toEqual(before);
    expect(head.closest('th')!.getAttribute('aria-sort')).toBe('none');
  });

  it('selects a layer and brings it into view, and marks the one that is selected on the canvas', () => {
    renderPage(<AnalysisPanel />);
    fireEvent.click(row('dense_1'));
    expect([...useApp.getState().selection]).toEqual(['dense_1']);
    expect(useApp.getState().reveal?.what).toEqual(['dense_1']);
    expect(row('dense_1').dataset['selected']).toBe('true');
    expect(row('conv2d_1').dataset['selected']).toBe('false');
  });

  it('is one stop of Tab, and goes from row to row by the arrow keys', () => {
    renderPage(<AnalysisPanel />);
    const stops = () => [...document.querySelectorAll('[data-layer][tabindex="0"]')];
    expect(stops().map((stop) => stop.getAttribute('data-layer'))).toEqual(['input_1']);
    fireEvent.keyDown(stops()[0]!, { key: 'ArrowDown' });
    fireEvent.keyDown(stops()[0]!, { key: 'ArrowDown' });
    expect(stops().map((stop) => stop.getAttribute('data-layer'))).toEqual(['max_pooling2d_1']);
    fireEvent.keyDown(stops()[0]!, { key: 'End' });
    expect(stops().map((stop) => stop.getAttribute('data-layer'))).toEqual(['dense_2']);
  });

  it('leaves out columns that are hidden, and writes N where that is wanted', () => {
    useAnalysisState.setState({ hidden: ['kind', 'macs'], batchLetter: true });
    renderPage(<AnalysisPanel />);
    expect(screen.queryByRole('columnheader', { name: 'Kind' })).toBeNull();
    expect(row('conv2d_1').textContent).toContain('N × 28 × 28 × 6');
  });

  it('says what a layer waits for, and that the totals are at least', () => {
    openDocument(
      chain(
        ['in', 'Input', { shape: [4, 4, 1] }],
        ['conv', 'Conv2D', { filters: 1, kernelSize: 9 }],
        ['end', 'Flatten'],
      ),
    );
    renderPage(<AnalysisPanel />);
    expect(row('end').textContent).toContain('waiting for conv');
    expect(screen.getAllByText(/^at least/).length).toBeGreaterThan(2);
  });

  it('teaches what it is for while there is nothing in it', () => {
    openDocument(chain());
    renderPage(<AnalysisPanel />);
    expect(screen.getByText(/^Nothing to analyse yet/)).not.toBeNull();
  });
});

describe('the totals', () => {
  it('are those of the network, and the memory follows the batch', () => {
    renderPage(<AnalysisPanel />);
    const memory = () => plain(screen.getByText('Memory of a training').parentElement?.textContent);
    expect(plain(screen.getByText('Trainable 61', { exact: false }).textContent)).toBe(
      'Trainable 61 706, Not trained 0',
    );
    const before = memory();
    fireEvent.change(screen.getByRole('textbox', { name: 'Batch' }), { target: { value: '512' } });
    expect(memory()).not.toBe(before);
    expect(row('conv2d_1').textContent).toContain('512 × 28');
    fireEvent.click(screen.getByRole('button', { name: 'As in training (128)' }));
    expect(memory()).toBe(before);
  });
});

describe('the receptive field', () => {
  const view = () => within(screen.getByRole('region', { name: 'Receptive field' }));

  it('is drawn and told for the selected layer, step by step', () => {
    select(['conv2d_2']);
    renderPage(<AnalysisPanel />);
    expect(view().getByText(/sees 14 × 14 pixels/)).not.toBeNull();
    expect(view().getByText('6 + (5 − 1)·2 = 14')).not.toBeNull();
    expect(view().getByRole('img').getAttribute('aria-label')).toContain('rows 9 to 22');
  });

  it('is not there without a layer, and of a vector', () => {
    renderPage(<AnalysisPanel />);
    expect(view().getByText(/^Select a layer/)).not.toBeNull();
  });
});

describe('the legend of the colours', () => {
  it('has numbers from the least to the most, and is away while nothing is coloured', () => {
    const { container } = renderPage(<HeatLegend />);
    expect(container.querySelector('.heat-legend')).toBeNull();
  });

  it('names what is coloured', () => {
    useAnalysisState.setState({ heat: 'parameters' });
    renderPage(<HeatLegend />);
    const legend = screen.getByRole('group', { name: 'Colours of the blocks: Parameters' });
    expect(plain(legend.textContent)).toContain('1562.74 k48.1 k');
  });
});
