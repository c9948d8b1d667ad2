import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { convas, convasJson, temporaryFolder } from './support/program.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await temporaryFolder();
  env = { CONVAS_DATA_DIR: folder.in('data') };
});
afterAll(() => folder.remove());

describe('convas picture', () => {
  it('writes the picture that is asked for into a file', async () => {
    const out = folder.in('figure.svg');
    const args = ['picture', 'lenet-5', '--kind', 'figure', '--theme', 'print', '--out', out];
    const { code } = await convas(args, { env });
    expect(code).toBe(0);
    const svg = await readFile(out, 'utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('C1: 6@28×28');
  });

  it('gives the picture itself where no file is named, and speaks Chinese', async () => {
    const { code, stdout } = await convas(
      ['picture', 'alexnet', '--kind', 'analysis', '--language', 'zh-TW'],
      {
        env,
      },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(stdout).toContain('乘加次數');
  });

  it('tells its size as JSON', async () => {
    const { json } = await convasJson<{ width: number; height: number; svg: string; problems: unknown[] }>(
      ['picture', 'lenet-5', '--json'],
      { env },
    );
    expect(json.width).toBeGreaterThan(500);
    expect(json.svg).toMatch(
      new RegExp(`^<svg [^>]*width="${String(json.width)}" height="${String(json.height)}"`),
    );
    expect(json.problems).toEqual([]);
  });

  it('refuses a kind that there is not, and a folder that cannot be written', async () => {
    expect((await convas(['picture', 'lenet-5', '--kind', 'poem'], { env })).code).toBe(2);
    const { code, stderr } = await convas(['picture', 'lenet-5', '--out', '/dev/null/no/such.svg'], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be written');
  });
});
