import { createReadStream } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

import type { WeightsGroup } from '../../shared/compile/weightsManifest.ts';
import type { Document } from '../../shared/document.ts';
import { largestOf, maxArchive, modelText } from '../../shared/files/modelText.ts';
import { readNetworkText } from '../../shared/files/readNetwork.ts';
import { maxTextLength } from '../../shared/plainData.ts';
import { problem, type Problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { exitCodes } from './exitCodes.ts';

const mebibyte = 2 ** 20;
const largest = maxTextLength / mebibyte;

/** A network that a command was given, or why there is none, with the exit code that says so. */
export type NetworkResult =
  | { readonly ok: true; readonly document: Document; readonly notes: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly exitCode: number };

/**
 * Reads what a command calls FILE: a project, a template's id, a TensorFlow.js model.json (recognised by content), or
 * `-` for standard input. A pipe is read like a file.
 */
export async function readNetwork(name: string, input: Readable = process.stdin): Promise<NetworkResult> {
  if (name === '-') return readFrom(input, name, undefined);
  const entry = await stat(name).catch(() => undefined);
  // A folder is no network, whatever its name: a template may have the same.
  const template = entry === undefined || entry.isDirectory() ? findTemplate(name) : undefined;
  if (template !== undefined) return { ok: true, document: template.document, notes: [] };
  if (entry === undefined) return refused([problem('no-such-file', { path: name })], exitCodes.usage);
  if (!entry.isFile() && !entry.isFIFO() && !entry.isCharacterDevice())
    return refused([problem('unreadable-file', { path: name, reason: 'it is not a file' })]);
  if (entry.size > maxArchive) return tooLarge(String(Math.ceil(entry.size / mebibyte)));
  return readFrom(createReadStream(name), name, entry.isFile() ? name : undefined);
}

/** Reads a network that is called `name`; `path` is where it lies, if it does. */
async function readFrom(source: Readable, name: string, path: string | undefined): Promise<NetworkResult> {
  try {
    const bytes = await readBytes(source);
    if (bytes === undefined) return tooLarge(`> ${String(largest)}`);
    const text = modelText(bytes);
    return text.ok ? await parseNetwork(text.value, path) : refused(text.problems);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused([problem('unreadable-file', { path: name, reason })]);
  }
}

async function parseNetwork(text: string, path: string | undefined): Promise<NetworkResult> {
  const read = readNetworkText(text);
  if (!read.ok) return refused(read.problems);
  const { document, notes, weights, isProject } = read.value;
  if (isProject) return { ok: true, document, notes };
  // Weights are not read here, so nothing about them keeps the network from being used.
  const wrong = path === undefined ? undefined : await weightsProblem(dirname(path), weights);
  const name = document.name === '' && path !== undefined ? basename(path) : document.name;
  const told: readonly Problem[] = wrong === undefined ? [] : [{ ...wrong, severity: 'warning' }];
  return { ok: true, document: { ...document, name }, notes: [...notes, ...told] };
}

/** Weights that lie beside model.json must have the bytes that it says; a model without them is a topology. */
async function weightsProblem(folder: string, groups: readonly WeightsGroup[]): Promise<Problem | undefined> {
  for (const { paths, bytes } of groups) {
    const entries = await Promise.all(paths.map((path) => lstat(join(folder, path)).catch(() => undefined)));
    if (entries.every((entry) => entry === undefined)) continue;
    const received = entries.reduce((sum, entry) => sum + (entry?.isFile() === true ? entry.size : 0), 0);
    if (received === bytes) continue;
    const values = { path: paths.join(', ').slice(0, 200), received, expected: bytes };
    return problem('weights-size-differs', values, { expected: String(bytes), received: String(received) });
  }
  return undefined;
}

/** All that comes, where it is no more than can be opened; a pipe may never end. */
async function readBytes(source: Readable): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    chunks.push(bytes);
    if (size > largestOf(chunks[0] ?? bytes)) return undefined;
  }
  return Buffer.concat(chunks);
}

function tooLarge(size: string): NetworkResult {
  return refused([problem('file-too-large', { size, limit: largest })]);
}

function refused(problems: readonly Problem[], exitCode: number = exitCodes.problems): NetworkResult {
  return { ok: false, problems, exitCode };
}
