// @vitest-environment jsdom

import { beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../../shared/document.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { addLayer } from './addCommands.ts';
import { openDocument, redo, removeLayers, restoreDocument, undo } from './commands.ts';
import { useDocument } from './document.ts';
import { isEdited, openedFrom, savedAs, useFile } from './file.ts';

const template = findTemplate('lenet-5')?.document ?? emptyDocument();
const current = (): Document => useDocument.getState().document;
const edited = () => isEdited(current(), useFile.getState());

beforeEach(() => restoreDocument(emptyDocument()));

describe('whether there is something that is in no file', () => {
  it('is not so at the start, nor with a template that was only looked at', () => {
    expect(edited()).toBe(false);
    openDocument(template);
    expect(edited()).toBe(false);
    undo();
    expect(edited()).toBe(false);
  });

  it('is so after a change, and no longer after it was taken back or saved', () => {
    addLayer('Input');
    expect(edited()).toBe(true);
    undo();
    expect(edited()).toBe(false);
    addLayer('Input');
    savedAs(current(), 'token');
    expect(edited()).toBe(false);
    addLayer('Conv2D');
    expect(edited()).toBe(true);
  });

  it('stays so when another document takes the place of what was not saved', () => {
    addLayer('Input');
    openDocument(emptyDocument());
    expect(edited()).toBe(true);
  });

  it('is so for a draft that came back, whose file is not known', () => {
    restoreDocument(template);
    expect(edited()).toBe(true);
  });

  it('is so for a file that was emptied', () => {
    openDocument(template);
    openedFrom('token');
    expect(edited()).toBe(false);
    removeLayers(new Set(template.nodes.map(({ id }) => id)));
    expect(edited()).toBe(true);
  });
});

describe('the file of a project', () => {
  it('is not the file of the template that took its place', () => {
    openDocument(template);
    openedFrom('token');
    openDocument(emptyDocument());
    expect(useFile.getState().fileToken).toBeNull();
  });

  it('is none any more when undo goes back behind its opening: Save would write over it', () => {
    openDocument(template);
    openedFrom('first');
    openDocument({ ...template, name: 'second' });
    openedFrom('second');
    undo();
    expect(current().name).toBe('LeNet-5');
    expect(useFile.getState().fileToken).toBeNull();
    expect(edited()).toBe(true);
    redo();
    expect(useFile.getState().fileToken).toBeNull();
  });

  it('does not hide that what was there before it is in no file', () => {
    addLayer('Input');
    openDocument(template);
    openedFrom('token');
    expect(useFile.getState().fileToken).toBe('token');
    expect(edited()).toBe(true);
  });
});
