import type { Locator, Page } from '@playwright/test';

/** The tabs of the projects that are open. */
export class TabsPage {
  readonly list: Locator;
  readonly all: Locator;
  readonly add: Locator;

  constructor(page: Page) {
    this.list = page.getByRole('tablist', { name: 'Open projects' });
    this.all = this.list.getByRole('tab');
    this.add = page.getByRole('button', { name: 'New tab' });
  }

  tab(name: string | RegExp): Locator {
    return this.list.getByRole('tab', { name });
  }

  /** Closes a tab by its cross. */
  async close(name: string): Promise<void> {
    await this.list.getByTitle(`Close ${name}`).click();
  }
}
