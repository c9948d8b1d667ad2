import { serializeDocument, type Document } from '../../shared/document.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import type { TemplateInfo } from '../../shared/templates/list.ts';
import type { DrawnNetwork } from './drawing.ts';
import { figureOf } from './figure.ts';
import { networks } from './networks/index.ts';

/** The texts of all files that `npm run templates` writes, by their names in shared/templates. */
export function generate(): ReadonlyMap<string, string> {
  const drawn = networks.map((draw) => draw());
  return new Map([
    ...drawn.map(({ id, document }) => [`${id}.json`, projectText(document)] as const),
    ['list.json', listText(drawn.map(info))],
  ]);
}

function info({ id, group, year, description, document }: DrawnNetwork): TemplateInfo {
  const analysis = analyze(document);
  const { params, macs } = analysis.totals;
  const input = [...analysis.layers.values()].find(({ kind }) => kind === 'Input');
  return {
    id,
    name: document.name,
    group,
    year,
    description,
    inputShape: input?.outputShape ?? [],
    dataset: document.dataset?.kind ?? null,
    layers: document.nodes.length,
    params: params.trainable + params.nonTrainable,
    macs,
    figure: figureOf(document, analysis),
  };
}

/** As the program saves it, but for the line breaks: a line for each layer, edge and block. */
function projectText(document: Document): string {
  const saved = JSON.parse(serializeDocument(document)) as Record<string, unknown>;
  return objectText(saved, '');
}

function listText(list: readonly TemplateInfo[]): string {
  const entries = list.map(({ figure, ...entry }) => {
    const boxes = listOf(figure.boxes, '        ');
    const bridges = JSON.stringify(figure.bridges);
    const text = objectText(entry, '  ').slice(0, -'\n  }\n'.length);
    return `  ${text},\n    "figure": {\n      "boxes": ${boxes},\n      "bridges": ${bridges}\n    }\n  }`;
  });
  return `[\n${entries.join(',\n')}\n]\n`;
}

function objectText(value: Readonly<Record<string, unknown>>, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(value).map(
    ([key, part]) => `${inner}${JSON.stringify(key)}: ${listOf(part, `${inner}  `)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}\n`;
}

/** A list of objects with a line for each, anything else in one line. */
function listOf(value: unknown, indent: string): string {
  if (!Array.isArray(value) || typeof value[0] !== 'object') return JSON.stringify(value);
  const lines = value.map((entry) => `${indent}${JSON.stringify(entry)}`);
  return `[\n${lines.join(',\n')}\n${indent.slice(2)}]`;
}
