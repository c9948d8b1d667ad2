import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../../shared/document.ts';
import { setParams } from '../../shared/graph/edit.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { select, setFramework, setLanguage, useApp } from '../state/app.ts';
import { restoreDocument, changeParams } from '../state/commands.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { CodePanel } from './CodePanel.tsx';

const lenet = findTemplate('lenet-5')!.document;
const lines = () => screen.queryAllByRole('option').map((line) => line.querySelector('code')?.textContent);
const line = (pattern: RegExp) => screen.getByRole('option', { name: pattern });

function show(document: Document) {
  restoreDocument(document);
  return renderPage(<CodePanel />);
}

beforeEach(() => {
  setLanguage('en');
  setFramework('keras');
  select([]);
});

describe('the code panel', () => {
  it('says what comes where nothing is drawn', () => {
    show(emptyDocument());
    expect(screen.queryByText(/^The code appears here as you draw/)).not.toBeNull();
  });

  it('shows the network in Keras, and in PyTorch at a click', async () => {
    show(lenet);
    expect(lines()).toContain('    return keras.Sequential(');
    fireEvent.click(screen.getByRole('radio', { name: 'PyTorch' }));
    expect(await screen.findByText('class LeNet5(nn.Module):')).not.toBeNull();
  });

  it('marks the lines of the selected layer, and a line selects its layer', () => {
    show(lenet);
    fireEvent.click(line(/conv2d_2/));
    expect([...useApp.getState().selection]).toEqual(['conv2d_2']);
    expect(line(/conv2d_2/).getAttribute('aria-selected')).toBe('true');
    expect(line(/conv2d_1/).getAttribute('aria-selected')).toBe('false');
  });

  it('is walked through by arrows, and Enter selects', () => {
    show(lenet);
    const list = screen.getByRole('listbox', { name: 'Lines of the code' });
    for (let step = 0; step < 11; step += 1) fireEvent.keyDown(list, { key: 'ArrowDown' });
    fireEvent.keyDown(list, { key: 'Enter' });
    expect(list.getAttribute('aria-activedescendant')).toBe('code-line-11');
    expect([...useApp.getState().selection]).toEqual(['conv2d_1']);
  });

  it('shows what a change made of it, and keeps the code while the network has errors', async () => {
    show(lenet);
    changeParams('conv2d_1', { filters: 8 });
    expect(await screen.findByText('The last change touched 3 lines.')).not.toBeNull();
    expect(screen.queryAllByText('new:', { exact: false })).toHaveLength(3);
    restoreDocument(setParams(lenet, 'conv2d_1', { kernelSize: [99, 99] }));
    expect(await screen.findByText(/^The network has errors/)).not.toBeNull();
    expect(lines().length).toBeGreaterThan(10);
  });
});
