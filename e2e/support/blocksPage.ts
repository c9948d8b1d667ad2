import type { Locator } from '@playwright/test';

import type { DesignerPage } from './designerPage.ts';

/** Blocks as their users know them, on a designer's page. English alone. */
export class BlocksPage {
  readonly designer: DesignerPage;

  constructor(designer: DesignerPage) {
    this.designer = designer;
  }

  /** A collapsed block. */
  collapsed(name: string): Locator {
    return this.designer.canvas.getByRole('group', { name: new RegExp(`^Block ${name}, .*collapsed$`) });
  }

  /** The name of an expanded block, at the top of its frame. */
  frame(name: string): Locator {
    return this.designer.canvas.getByRole('button', { name: new RegExp(`^Block ${name}, .*expanded$`) });
  }

  paletteEntry(name: string): Locator {
    return this.designer.palette.getByRole('button', { name, exact: true });
  }

  /** Selects layers and groups them by the keyboard's shortcut. */
  async groupLayers(ids: readonly string[]): Promise<void> {
    for (const [index, id] of ids.entries())
      await this.designer.block(id).click({ modifiers: index === 0 ? [] : ['ControlOrMeta'] });
    await this.designer.page.keyboard.press('ControlOrMeta+g');
    await this.designer.field('Repeat').waitFor();
  }

  /** Collapses the selected block by the button in its frame. */
  async collapse(name: string): Promise<void> {
    await this.designer.canvas.getByRole('button', { name: `Collapse ${name}`, exact: true }).click();
  }

  /** Expands a block by its own button. */
  async expand(name: string): Promise<void> {
    await this.designer.canvas.getByRole('button', { name: `Expand ${name}`, exact: true }).click();
  }
}
