import type { Locator } from '@playwright/test';

import type { DesignerPage } from './designerPage.ts';

/** The analysis in the lower panel. English alone. */
export class AnalysisPage {
  readonly designer: DesignerPage;
  readonly table: Locator;
  readonly field: Locator;
  readonly legend: Locator;

  constructor(designer: DesignerPage) {
    this.designer = designer;
    this.table = designer.page.getByRole('table', { name: 'Analysis of the layers' });
    this.field = designer.page.getByRole('region', { name: 'Receptive field' });
    this.legend = designer.page.getByRole('group', { name: /^Colours of the blocks/ });
  }

  async open(): Promise<void> {
    await this.designer.tab('Analysis').click();
    await this.table.waitFor();
  }

  /** The button that selects a layer. */
  layer(id: string): Locator {
    return this.table.getByRole('button', { name: new RegExp(`^${id}( |$)`) });
  }

  row(id: string): Locator {
    const name = new RegExp(`^${id}( |$)`);
    const button = this.designer.page.getByRole('button', { name });
    return this.table.getByRole('row').filter({ has: button });
  }

  /** Ids of the layers that are drawn, from above. */
  layers(): Promise<readonly string[]> {
    return this.table
      .locator('[data-layer]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-layer') ?? ''));
  }

  async sortBy(column: string): Promise<void> {
    await this.table.getByRole('button', { name: column, exact: true }).click();
  }

  async colourBy(measure: string): Promise<void> {
    await this.designer.lowerPanel.getByLabel('Colour blocks by').selectOption(measure);
  }

  /** Saves the table, and gives what was written. */
  async save(entry: string): Promise<{ readonly name: string; readonly text: string }> {
    const { page } = this.designer;
    await page.getByRole('button', { name: 'Export table' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: entry }).click();
    const file = await download;
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array));
    return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
  }
}
