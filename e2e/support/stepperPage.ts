import type { Locator, Page } from '@playwright/test';

/** A layer, or the lecture's example, step by step. English alone. */
export class StepperPage {
  readonly page: Page;
  readonly root: Locator;
  readonly calculation: Locator;
  readonly output: Locator;

  constructor(page: Page, within: Locator = page.getByRole('dialog')) {
    this.page = page;
    this.root = within.getByRole('group', { name: 'Convolution, step by step' });
    this.calculation = this.root.getByRole('region', { name: 'Calculation' });
    this.output = this.calculation.getByRole('status');
  }

  /** The heading that says which place of the output is computed. */
  place(text: string | RegExp): Locator {
    return this.root.getByRole('heading', { name: text });
  }

  cell(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  field(name: string): Locator {
    return this.root.getByRole('textbox', { name, exact: true });
  }
}
