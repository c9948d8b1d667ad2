import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { emptyDocument } from '../../shared/document.ts';
import * as load from '../../shared/templates/load.ts';
import { restoreDocument, undo } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { closeGallery, openGallery } from './gallery.ts';
import { TemplateGallery } from './TemplateGallery.tsx';

vi.mock(import('../../shared/templates/load.ts'), { spy: true });

const card = (name: string) => screen.getByRole('button', { name: `Open the template ${name}` });

beforeEach(() => {
  restoreDocument(emptyDocument('Mine'));
  closeGallery();
  openGallery();
  renderPage(<TemplateGallery />);
});

describe('the gallery of templates', () => {
  it('shows each with its sentence, year, input and costs, by group', () => {
    const modern = screen.getByRole('region', { name: 'Modern' });
    const resnet = within(modern).getByRole('button', { name: 'Open the template ResNet-50' });
    expect(resnet.textContent).toContain('2015');
    expect(resnet.textContent).toContain('224 × 224 × 3');
    expect(resnet.textContent).toContain('25.6\u202fM parameters');
    expect(resnet.textContent).toContain('3.86\u202fG multiply-adds');
    expect(screen.getByRole('status').textContent).toBe('18 networks');
  });

  it('fetches a template when it is chosen, opens it, and closes; undo brings back what was there', async () => {
    fireEvent.click(card('LeNet-5'));
    await waitFor(() => expect(useDocument.getState().document.name).toBe('LeNet-5'));
    expect(useDocument.getState().document.nodes).toHaveLength(9);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    undo();
    expect(useDocument.getState().document.name).toBe('Mine');
  });

  it('shows what is searched for, and opens the first of them on Enter', async () => {
    const field = screen.getByRole('textbox', { name: 'Search templates' });
    fireEvent.change(field, { target: { value: 'residual cnn' } });
    expect(screen.getByRole('status').textContent).toBe('1 network');
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(useDocument.getState().document.name).toBe('Residual CNN'));
  });

  it('says that nothing fits', () => {
    fireEvent.change(screen.getByRole('textbox', { name: 'Search templates' }), { target: { value: 'zzz' } });
    expect(screen.getByText('No template fits “zzz”.')).toBeTruthy();
  });

  it('says that a template cannot be fetched, and changes nothing', async () => {
    vi.mocked(load.loadTemplate).mockRejectedValueOnce(new Error('Failed to fetch'));
    fireEvent.click(card('LeNet-5'));
    expect(await screen.findByText('LeNet-5 could not be opened.')).toBeTruthy();
    expect(useDocument.getState().document.name).toBe('Mine');
    expect(screen.getByRole('dialog')).toBeTruthy();
  });
});
