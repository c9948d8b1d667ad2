import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../../shared/document.ts';
import { removeNodes, setParams } from '../../shared/graph/edit.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { select, setLanguage, useApp } from '../state/app.ts';
import { restoreDocument, undo } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { usePreview } from './previewState.ts';
import { ProblemsPanel } from './ProblemsPanel.tsx';

const lenet = findTemplate('lenet-5')!.document;
const sevenClasses = setParams(lenet, 'dense_2', { units: 7 });

const current = () => useDocument.getState().document;
const rows = () => screen.queryAllByRole('listitem');
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

function show(document: Document) {
  restoreDocument(document);
  return renderPage(<ProblemsPanel />);
}

beforeEach(() => {
  setLanguage('en');
  select([]);
});

describe('the list of problems', () => {
  it('says that everything fits, or that there is nothing yet', () => {
    const { unmount } = show(lenet);
    expect(screen.queryByText('No problems. Everything fits.')).not.toBeNull();
    unmount();
    show(emptyDocument());
    expect(screen.queryByText('There is nothing to check yet.')).not.toBeNull();
  });

  it('says a problem in a sentence that names the layer, and whether it is an error', () => {
    show(sevenClasses);
    const [row, ...others] = rows();
    expect(others).toEqual([]);
    expect(within(row!).queryByText(/^dense_2 gives 7, but MNIST.* has 10 classes/)).not.toBeNull();
    expect(within(row!).queryByText('Error')).not.toBeNull();
  });

  it('puts errors before warnings', () => {
    // The Dense layers now work on a picture, which is a warning; that the output is one, an error.
    show(removeNodes(lenet, new Set(['flatten_1']), true));
    const severities = rows().map((row) => within(row).getByText(/^(Error|Warning)$/).textContent);
    expect(severities).toEqual(['Error', 'Warning', 'Warning']);
  });

  it('calls what is not done yet the next step, behind what is wrong', () => {
    show({ ...sevenClasses, dataset: null });
    expect(rows().map((row) => within(row).getByText(/^(Error|Warning|Next step)$/).textContent)).toEqual([
      'Next step',
    ]);
    const [input] = lenet.nodes;
    restoreDocument({ ...lenet, nodes: [input!], edges: [] });
    return waitFor(() => expect(within(rows()[0]!).queryByText(/^No layer has weights yet/)).not.toBeNull());
  });

  it('follows the document', () => {
    show(sevenClasses);
    expect(rows()).toHaveLength(1);
    restoreDocument(lenet);
    return waitFor(() => expect(rows()).toHaveLength(0));
  });

  it('speaks the reader’s language', async () => {
    show(sevenClasses);
    setLanguage('zh-TW');
    await waitFor(() => expect(within(rows()[0]!).queryByText('錯誤')).not.toBeNull());
  });
});

describe('choosing a problem', () => {
  it('selects its layer and brings it into view', () => {
    show(sevenClasses);
    const before = useApp.getState().reveal?.count ?? 0;
    press('Show dense_2');
    expect([...useApp.getState().selection]).toEqual(['dense_2']);
    expect(useApp.getState().reveal).toEqual({ what: ['dense_2'], count: before + 1 });
  });

  it('by its sentence does the same', () => {
    show(sevenClasses);
    fireEvent.click(screen.getByText(/^dense_2 gives 7/));
    expect([...useApp.getState().selection]).toEqual(['dense_2']);
  });

  it('of the whole network leaves the selection as it is', () => {
    show({ ...lenet, dataset: null });
    select(['conv2d_1']);
    fireEvent.click(screen.getByText(/^Choose a dataset first/));
    expect([...useApp.getState().selection]).toEqual(['conv2d_1']);
    expect(screen.queryByText('network')).not.toBeNull();
  });
});

describe('a mending', () => {
  it('mends its problem as one undo step, and selects nothing', () => {
    show(sevenClasses);
    press('Set units to 10');
    expect(current().nodes.at(-1)?.params['units']).toBe(10);
    expect(screen.queryByText('No problems. Everything fits.')).not.toBeNull();
    expect(useApp.getState().selection.size).toBe(0);
    expect(useDocument.temporal.getState().pastStates).toHaveLength(1);
    undo();
    expect(current()).toBe(sevenClasses);
  });

  it('shows beforehand what it would give, and changes nothing by that', async () => {
    show(sevenClasses);
    fireEvent.mouseEnter(screen.getByRole('button', { name: 'Set units to 10' }));
    const preview = await screen.findByRole('tooltip');
    expect(preview.textContent).toContain('dense_2 → 10');
    expect(preview.textContent).toContain('no problem left');
    expect(current()).toBe(sevenClasses);
  });

  it('shows how many problems it would leave', async () => {
    show({ ...sevenClasses, dataset: null });
    fireEvent.mouseEnter(screen.getByRole('button', { name: /^Use MNIST/ }));
    expect((await screen.findByRole('tooltip')).textContent).toContain('1 problem left');
  });

  it('says to a screen reader what it comes to, as soon as it has the focus', () => {
    show(sevenClasses);
    const button = screen.getByRole('button', { name: 'Set units to 10' });
    fireEvent.focus(button);
    expect(button.getAttribute('aria-description')).toBe('then 0 problems remain; output 10');
    expect(usePreview.getState().preview?.shapes.get('dense_2')).toEqual([10]);
    fireEvent.blur(button);
    expect(usePreview.getState().preview).toBeNull();
  });

  it('takes its preview from the canvas when it is carried out', () => {
    show(sevenClasses);
    fireEvent.mouseEnter(screen.getByRole('button', { name: 'Set units to 10' }));
    expect(usePreview.getState().preview).not.toBeNull();
    press('Set units to 10');
    expect(usePreview.getState().preview).toBeNull();
  });
});
