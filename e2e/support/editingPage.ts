import type { Locator, Page } from '@playwright/test';

import { centre, type DesignerPage, type Point } from './designerPage.ts';

/** What is used for editing besides the canvas: menus, lists, the search, the sheet of shortcuts. */
export class EditingPage {
  readonly page: Page;
  /** What screen readers are told last. */
  readonly announcement: Locator;
  readonly findBar: Locator;
  readonly findField: Locator;
  readonly comment: Locator;
  /** The steps of the history. */
  readonly steps: Locator;
  readonly currentStep: Locator;
  readonly sheet: Locator;
  /** Lines that show what a dragged block lines up with. */
  readonly guides: Locator;

  constructor(page: Page) {
    this.page = page;
    this.announcement = page.getByRole('log', { name: 'What changes on the canvas' });
    this.findBar = page.getByRole('search');
    this.findField = this.findBar.getByRole('textbox', { name: 'Find layers' });
    this.comment = page.getByRole('textbox', { name: 'Comment' });
    const history = page.getByRole('dialog', { name: 'History' });
    this.steps = history.getByRole('listitem');
    this.currentStep = history.locator('[aria-current=step]');
    this.sheet = page.getByRole('dialog', { name: 'Keyboard and mouse' });
    this.guides = page.locator('.guides line');
  }

  menuItem(name: string): Locator {
    return this.page.getByRole('menuitem', { name });
  }

  /** The button that a command's shortcut is set by. */
  shortcut(command: string): Locator {
    return this.sheet.getByRole('button', { name: new RegExp(`^Change the shortcut of “${command}”`) });
  }

  /** Chooses the first layer that a search finds. */
  async choose(title: string, search: string): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: title });
    await dialog.getByRole('textbox').fill(search);
    await dialog.getByRole('button').first().click();
    await dialog.waitFor({ state: 'hidden' });
  }

  async middleOfWire(designer: DesignerPage, source: string, target: string): Promise<Point> {
    const [from, to] = [await centre(designer.output(source)), await centre(designer.input(target))];
    return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  }
}
