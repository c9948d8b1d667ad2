import type { Locator, Page } from '@playwright/test';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The designer as its users know it: by the roles and names that it gives its parts. English alone. */
export class DesignerPage {
  readonly page: Page;
  readonly canvas: Locator;
  readonly palette: Locator;
  readonly properties: Locator;
  readonly toolbar: Locator;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = page.getByRole('region', { name: 'Network' });
    this.palette = page.getByRole('navigation', { name: 'Layers' });
    this.properties = page.getByRole('complementary', { name: 'Properties' });
    this.toolbar = page.getByRole('toolbar');
    this.status = page.getByRole('contentinfo', { name: 'Status' });
  }

  /** Loads the page and waits until its draft is there. */
  async goto(url: string): Promise<void> {
    await this.page.goto(url);
    await this.isReady();
  }

  async isReady(): Promise<void> {
    await this.draftSaved.waitFor();
  }

  get draftSaved(): Locator {
    return this.status.getByText('Draft saved');
  }

  /** All blocks. */
  get blocks(): Locator {
    return this.canvas.getByRole('group', { name: /^\w+ \w+, / });
  }

  block(id: string): Locator {
    return this.canvas.getByRole('group', { name: new RegExp(`^\\w+ ${id}, `) });
  }

  /** The shape that stands above a block, as it is written there. */
  shape(id: string, text: string): Locator {
    return this.block(id).getByText(text, { exact: true }).first();
  }

  edge(source: string, target: string): Locator {
    return this.canvas.getByRole('group', { name: `Edge from ${source} to ${target}`, exact: true });
  }

  /** All edges. */
  get edges(): Locator {
    return this.canvas.getByRole('group', { name: /^Edge from / });
  }

  output(id: string): Locator {
    return this.canvas.getByRole('img', { name: `Output of ${id}`, exact: true });
  }

  input(id: string): Locator {
    return this.canvas.getByRole('img', { name: `Input of ${id}`, exact: true });
  }

  paletteEntry(kind: string): Locator {
    return this.palette.getByRole('button', { name: kind, exact: true });
  }

  tool(name: string | RegExp): Locator {
    return this.toolbar.getByRole('button', { name, exact: true });
  }

  get undo(): Locator {
    return this.tool(/^Undo/);
  }

  get redo(): Locator {
    return this.tool(/^Redo/);
  }

  tab(name: string | RegExp): Locator {
    return this.page.getByRole('tab', { name });
  }

  /** The panel of the lower tab that is open. */
  get lowerPanel(): Locator {
    return this.page.getByRole('tabpanel');
  }

  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name });
  }

  async openTemplate(name: string): Promise<void> {
    await this.tool('Templates').click();
    await this.dialog('Templates')
      .getByRole('button', { name: `Open the template ${name}`, exact: true })
      .click();
    await this.blocks.first().waitFor();
  }

  /** Opens a project through the file picker, and waits until it is there. */
  async openProject(project: object, fileName = 'project.convas'): Promise<void> {
    await this.openFile(fileName, JSON.stringify(project));
    const name = 'name' in project ? String(project.name) : '';
    await this.page.waitForFunction((part) => document.title.includes(part), name);
  }

  async openFile(name: string, content: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.tool('Open').click();
    await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  }

  /** Appends a layer by a click in the palette. */
  async append(kind: string): Promise<void> {
    await this.paletteEntry(kind).click();
  }

  /** Drags a layer from the palette to a place on the canvas. */
  async drop(kind: string, place: Point): Promise<void> {
    await this.paletteEntry(kind).dragTo(this.canvas, { targetPosition: place });
  }

  /** Draws an edge with the mouse, from one layer's output to another's input. */
  async connect(source: string, target: string): Promise<void> {
    await this.drawEdge(source, this.input(target));
    await this.page.mouse.up();
  }

  /** Draws an edge as far as some part of the canvas, and holds it there. */
  async drawEdge(source: string, to: Locator): Promise<void> {
    const [from, end] = [await centre(this.output(source)), await centre(to)];
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x, end.y, { steps: 8 });
  }

  /** Drags a block by its title. */
  async drag(id: string, by: Point): Promise<void> {
    const at = await centre(this.block(id).getByText(id, { exact: true }));
    await this.page.mouse.move(at.x, at.y);
    await this.page.mouse.down();
    await this.page.mouse.move(at.x + by.x, at.y + by.y, { steps: 8 });
    await this.page.mouse.up();
  }

  /** Moves the view by dragging the empty canvas. */
  async pan(by: Point): Promise<void> {
    const canvas = await this.canvas.boundingBox();
    const from = { x: (canvas?.x ?? 0) + 20, y: (canvas?.y ?? 0) + 20 };
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + by.x, from.y + by.y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** A field of the properties. */
  field(name: string): Locator {
    return this.properties.getByRole('textbox', { name, exact: true });
  }

  choice(name: string): Locator {
    return this.properties.getByRole('combobox', { name, exact: true });
  }

  /** Opens all commands, and carries out the one of this name. */
  async command(name: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    const all = this.dialog('All commands');
    await all.getByRole('textbox').fill(name);
    await all.getByRole('button', { name }).first().click();
    await all.waitFor({ state: 'hidden' });
  }

  /** Takes the last step back from wherever the focus is: in a text field, the keys would take back typing alone. */
  async undoByKey(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    await this.dialog('All commands').waitFor();
    await this.page.keyboard.type('undo');
    await this.page.keyboard.press('Enter');
    await this.dialog('All commands').waitFor({ state: 'hidden' });
  }

  async chooseLanguage(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^(Language|語言)$/ }).click();
    await this.page.getByRole('menuitemradio', { name }).click();
  }

  async chooseTheme(name: 'Light' | 'Dark'): Promise<void> {
    await this.tool('Colours').click();
    await this.page.getByRole('menuitemradio', { name }).click();
  }
}

/** Where the middle of something is on the screen. */
export async function centre(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('It is not on the screen.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
