import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createDrafts, type Drafts } from './drafts.ts';

let folder = '';
let drafts: Drafts;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-drafts-'));
  drafts = createDrafts(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const page = () => new AbortController();

describe('drafts', () => {
  it('give a page that was closed its project again, after a restart as well', async () => {
    const first = page();
    const { draftId } = await drafts.open(null, first.signal);
    await drafts.save(draftId, { name: 'mine' });
    first.abort();
    expect(await drafts.open(null, page().signal)).toMatchObject({ draftId, document: { name: 'mine' } });
    expect(await createDrafts(folder).open(null, page().signal)).toMatchObject({
      document: { name: 'mine' },
    });
  });

  it('are one for each of two open pages', async () => {
    const first = await drafts.open(null, page().signal);
    await drafts.save(first.draftId, { name: 'one' });
    const second = await drafts.open(null, page().signal);
    expect(second.draftId).not.toBe(first.draftId);
    expect(second.document).toBeNull();
  });

  it('are not shared by a page that was duplicated with its memory', async () => {
    const first = await drafts.open(null, page().signal);
    const copy = await drafts.open(first.draftId, page().signal);
    expect(copy.draftId).not.toBe(first.draftId);
  });

  it('wait for the old connection of a page that is loaded anew', async () => {
    const old = page();
    const { draftId } = await drafts.open(null, old.signal);
    await drafts.save(draftId, { name: 'kept' });
    setTimeout(() => {
      old.abort();
    }, 150);
    expect(await drafts.open(draftId, page().signal)).toMatchObject({ draftId, document: { name: 'kept' } });
  });

  it('that are discarded while they are being saved do not come back', async () => {
    const first = page();
    const { draftId } = await drafts.open(null, first.signal);
    const saving = drafts.save(draftId, { name: 'gone' });
    await drafts.discard(draftId);
    await saving;
    first.abort();
    expect((await drafts.open(null, page().signal)).document).toBeNull();
  });

  it('that were discarded do not come back', async () => {
    const first = page();
    const { draftId } = await drafts.open(null, first.signal);
    await drafts.save(draftId, { name: 'gone' });
    await drafts.discard(draftId);
    first.abort();
    expect((await drafts.open(null, page().signal)).document).toBeNull();
  });

  it('whose file is broken are passed over', async () => {
    await drafts.save('good', { name: 'good' });
    await writeFile(join(folder, 'drafts', 'broken.json'), '{"savedAt":"9999');
    expect(await drafts.open(null, page().signal)).toMatchObject({ draftId: 'good' });
  });
});
