import { describe, expect, it } from 'vitest';
import { pageReport, pageSectionOf, withPageSection } from './pageReport.mjs';

const frames = { median: 4, most95: 9.04, worst: 20, longest: 25, frames: 60 };
const result = {
  firstScreens: [900, 700, 800],
  networks: [{ network: 'Chain of 1000', opening: 321.4, gestures: { panning: frames } }],
  browser: '140.0',
};

describe('the section about the page', () => {
  const section = pageReport(result, 'A machine.');

  it('says the median of the first screens, and a row for each gesture', () => {
    expect(section).toContain('cold cache: 800 ms');
    expect(section).toContain('| Chain of 1000 | opening the file | 321 | | | | |');
    expect(section).toContain('| Chain of 1000 | panning | 4.0 | 9.0 | 20.0 | 25.0 | 60 |');
  });

  it('takes the place of the one that was there, at the end of the report', () => {
    const first = withPageSection('# Benchmark\n\nText.\n', section);
    expect(first).toBe(`# Benchmark\n\nText.\n\n${section}`);
    expect(withPageSection(first, section)).toBe(first);
    expect(pageSectionOf(first)).toBe(section);
    expect(pageSectionOf('# Benchmark\n')).toBe('');
  });
});
