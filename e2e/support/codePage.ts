import type { Locator } from '@playwright/test';

import type { DesignerPage } from './designerPage.ts';

/** The code in the lower panel. English alone. */
export class CodePage {
  readonly designer: DesignerPage;
  /** The lines that are drawn, with those that the last change took out. */
  readonly lines: Locator;
  readonly changes: Locator;
  readonly copy: Locator;

  constructor(designer: DesignerPage) {
    this.designer = designer;
    this.lines = designer.page.getByRole('listbox', { name: 'Lines of the code' });
    this.changes = designer.lowerPanel.getByText(/^The last change touched/);
    this.copy = this.button(/^Cop(y|ied)$/);
  }

  async open(): Promise<void> {
    await this.designer.tab('Code').click();
    await this.lines.waitFor();
  }

  button(name: string | RegExp): Locator {
    return this.designer.lowerPanel.getByRole('button', { name });
  }

  framework(name: 'Keras' | 'PyTorch'): Locator {
    return this.designer.lowerPanel.getByRole('radio', { name, exact: true });
  }

  /** Chooses a framework by a click on its name. */
  async show(name: 'Keras' | 'PyTorch'): Promise<void> {
    await this.designer.lowerPanel.getByText(name, { exact: true }).click();
  }

  /** Lines that say so, as they are read: “new: ” and “removed: ” stand before what the last change touched. */
  line(text: string | RegExp): Locator {
    return this.lines.getByRole('option', { name: text });
  }

  /** Text of the clipboard, which the browser must have been allowed to read. */
  clipboard(): Promise<string> {
    return this.designer.page.evaluate(() => navigator.clipboard.readText());
  }
}
