// @vitest-environment jsdom

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Document } from '../document.ts';
import { emptyDocument } from '../document.ts';
import { templates } from '../templates/index.ts';
import { blockDocuments } from '../testing/blockDocuments.ts';
import { documents } from '../testing/documents.ts';
import { chain, network } from '../testing/networks.ts';
import { soundNetworks } from '../testing/soundNetworks.ts';
import { drawPicture, pictureKinds, type PictureOptions } from './index.ts';
import { escapeXml } from './svg.ts';
import { themeNames } from './theme.ts';

const lenet = templates.find(({ id }) => id === 'lenet-5')!.document;
const every = pictureKinds.flatMap((kind) =>
  themeNames.flatMap((theme) => (['en', 'zh-TW'] as const).map((language) => ({ kind, theme, language }))),
);

/** The picture as a reader of XML sees it. */
function parsed(svg: string): SVGSVGElement {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const wrong = document.querySelector('parsererror')?.textContent;
  if (wrong !== undefined) throw new Error(`${wrong}\n${svg.slice(0, 2000)}`);
  return document.documentElement as Element as SVGSVGElement;
}

const textsOf = (svg: string) =>
  [...parsed(svg).querySelectorAll('text')].map(({ textContent }) => textContent);

function checkSound(document: Document, choices: readonly PictureOptions[] = every): void {
  for (const options of choices) {
    const { svg, width, height } = drawPicture(document, options);
    const root = parsed(svg);
    expect(root.tagName).toBe('svg');
    expect(svg).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(svg).not.toMatch(/<(script|foreignObject|image|use|style)|href|url\(/);
    expect(root.getAttribute('width')).toBe(String(width));
    expect(Math.min(width, height)).toBeGreaterThan(0);
  }
}

describe('every picture', () => {
  it.each(templates.map(({ id, document }) => [id, document] as const))(
    'of %s is sound SVG in all themes and languages',
    (_id, document) => checkSound(document),
  );

  it('is sound SVG of any document at all: broken ones, empty ones, with names of every kind', () => {
    const options = fc.constantFrom(...every);
    fc.assert(
      fc.property(documents({ wiring: 'any' }), options, (document, one) => checkSound(document, [one])),
    );
    fc.assert(
      fc.property(soundNetworks(), options, (document, one) => checkSound(document, [one])),
      {
        numRuns: 50,
      },
    );
    fc.assert(
      fc.property(blockDocuments, options, (document, one) => checkSound(document, [one])),
      { numRuns: 50 },
    );
    checkSound(emptyDocument());
  });

  it('keeps to text what a name says, whatever it looks like', () => {
    const named = { ...lenet, name: '</title><script>alert("&amp;")</script>\u0001' };
    const title = parsed(
      drawPicture(named, { kind: 'graph', theme: 'light', language: 'en' }).svg,
    ).querySelector('title');
    expect(title?.textContent).toBe('</title><script>alert("&amp;")</script>\uFFFD');
    expect(escapeXml('a\uD800b')).toBe('a\uFFFDb');
  });

  it('has no background and no colour in print', () => {
    for (const kind of pictureKinds) {
      const { svg } = drawPicture(lenet, { kind, theme: 'print', language: 'en' });
      expect(new Set(svg.match(/#[0-9a-f]{6}/g))).toEqual(new Set(['#000000', '#ffffff']));
      expect(drawPicture(lenet, { kind, theme: 'dark', language: 'en' }).svg).toContain('#17181b');
    }
  });
});

describe('the picture of the graph', () => {
  const drawn = (document: Document) =>
    drawPicture(document, { kind: 'graph', theme: 'light', language: 'en' });

  it('shows what the blocks show: shape, kind, id, parameters and costs', () => {
    const texts = textsOf(drawn(lenet).svg).map((text) => text.replaceAll('\u202f', ' '));
    expect(texts).toEqual(expect.arrayContaining(['28 × 28 × 6', 'Conv2D', 'conv2d_1', '156 · 118 k']));
    expect(
      parsed(drawn(lenet).svg).querySelectorAll('path[stroke-width="2"][fill="none"]').length,
    ).toBeGreaterThan(8);
  });

  it('says what a layer without a shape waits for', () => {
    const broken = chain(
      ['in', 'Input', { shape: [3, 3, 1] }],
      ['conv', 'Conv2D', { filters: 1, kernelSize: 5 }],
      ['after', 'Flatten'],
    );
    expect(textsOf(drawn(broken).svg)).toEqual(expect.arrayContaining(['no shape', 'waits for conv']));
  });

  it('draws a collapsed block as one, and a frame around the layers of an expanded one', () => {
    const inBlock = (collapsed: boolean): Document => ({
      ...lenet,
      nodes: lenet.nodes.map((node, index) => (index > 2 ? node : { ...node, block: 'stem' })),
      blocks: [
        {
          id: 'stem',
          name: 'Stem',
          position: { x: 0, y: 0 },
          ...(collapsed ? { collapsed: true as const } : {}),
        },
      ],
    });
    const closed = textsOf(drawn(inBlock(true)).svg);
    expect(closed).toEqual(expect.arrayContaining(['Stem', '3 layers', '14 × 14 × 6']));
    expect(closed).not.toContain('conv2d_1');
    expect(textsOf(drawn(inBlock(false)).svg)).toEqual(expect.arrayContaining(['Stem', 'conv2d_1']));
  });

  it('holds every block, wherever it stands', () => {
    const far = { ...lenet, nodes: lenet.nodes.map((node) => ({ ...node, position: { x: -5000, y: 900 } })) };
    const [x = 0, y = 0, width = 0, height = 0] = (parsed(drawn(far).svg).getAttribute('viewBox') ?? '')
      .split(' ')
      .map(Number);
    expect(x).toBeLessThan(-5000);
    expect(x + width).toBeGreaterThan(-5000 + 212);
    expect(y + height).toBeGreaterThan(900 + 142);
  });
});

describe('the picture of the analysis', () => {
  it('has a row for each layer, plain totals, and says “at least” where it does not know all', () => {
    const options = { kind: 'analysis', theme: 'light', language: 'en' } as const;
    const plain = (document: Document) =>
      textsOf(drawPicture(document, options).svg).map((text) => text.replaceAll('\u202f', ' '));
    expect(plain(lenet)).toEqual(expect.arrayContaining(['61 706', '416 520', '48 120', '32 × 32']));
    const broken = network(
      [
        ['in', 'Input', { shape: [4] }],
        ['dense', 'Dense', { units: 2 }],
        ['lost', 'Dense', { units: 2 }],
      ],
      ['in > dense'],
    );
    expect(plain(broken)).toEqual(expect.arrayContaining(['at least 10', 'no shape']));
  });
});
