import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { parseDocument, serializeDocument, type Document } from '../../shared/document.ts';
import { groupNodes } from '../../shared/graph/blockEdits.ts';
import { projectOfBlock } from '../../shared/graph/blockProject.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { setLanguage } from '../state/app.ts';
import { createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { PaletteBlocks } from './PaletteBlocks.tsx';
import { useOwnBlocks } from './savedBlocks.ts';

const lenet = findTemplate('lenet-5')!.document;

/** LeNet-5 with two of its layers as a block. */
function withBlock(): { readonly document: Document; readonly block: Document } {
  const { document, id } = groupNodes(lenet, new Set(['conv2d_1', 'max_pooling2d_1']), 'My stage');
  return { document, block: projectOfBlock(document, id) };
}

function open(saved: readonly Document[] = []) {
  const core = createFakeCore();
  for (const [index, document] of saved.entries()) core.blocks.set(`saved-${String(index)}`, document);
  const { host } = createFakeHost(core);
  const delivered: { readonly name: string; readonly data: Blob }[] = [];
  const { container } = renderPage(<PaletteBlocks query="">nothing</PaletteBlocks>, {
    ...host,
    deliverFile(name, data) {
      delivered.push({ name, data });
      return Promise.resolve(`/blocks/${name}`);
    },
  });
  const choose = (name: string, text: string) =>
    fireEvent.change(container.querySelector('input[type=file]')!, {
      target: { files: [new File([text], name)] },
    });
  return { core, delivered, choose };
}

beforeEach(() => {
  setLanguage('en');
  useOwnBlocks.setState({ blocks: [] });
});

describe('blocks of one’s own', () => {
  it('are written to a project file that holds just the block and its inputs', async () => {
    const { block } = withBlock();
    const { delivered } = open([block]);
    fireEvent.click(await screen.findByRole('button', { name: 'Export My stage to a file' }));
    expect(await screen.findByText('Written to /blocks/My stage.convas')).toBeDefined();
    expect(delivered.map(({ name }) => name)).toEqual(['My stage.convas']);
    const text = await delivered[0]!.data.text();
    expect(parseDocument(text)).toEqual({ ok: true, value: block });
  });

  it('come from the file of another palette, and from any project that has blocks', async () => {
    const { document, block } = withBlock();
    const { core, choose } = open();
    choose('stage.convas', serializeDocument(block));
    expect((await screen.findAllByText('“My stage” is in the palette now.')).length).toBeGreaterThan(0);
    expect(await screen.findByRole('button', { name: 'My stage' })).toBeDefined();
    choose('whole.convas', serializeDocument(document));
    await waitFor(() => expect(core.blocks.size).toBe(2));
    expect([...core.blocks.values()]).toEqual([block, block]);
  });

  it.each([
    ['no project', 'hello', /^This is a text, not a network/],
    ['a project without blocks', serializeDocument(lenet), /There is no block in “LeNet-5”/],
  ])('do not come from %s, and why is said', async (_what, text, why) => {
    const { core, choose } = open();
    choose('other.convas', text);
    expect((await screen.findAllByText('other.convas was not opened')).length).toBeGreaterThan(0);
    expect((await screen.findAllByText(why)).length).toBeGreaterThan(0);
    expect(core.blocks.size).toBe(0);
  });

  it('are counted without the inputs beside them', async () => {
    open([withBlock().block]);
    fireEvent.mouseEnter(await screen.findByRole('button', { name: 'My stage' }));
    expect(await screen.findByText('2 layers')).toBeDefined();
  });
});
