import { templateGroups, templateList } from '../../../shared/templates/list.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Output } from '../output.ts';

/** `convas templates`: what one can start from. */
export function listTemplates(output: Output): number {
  const rows = templateList.map(({ description, figure: _figure, ...info }) => ({
    ...info,
    description: description.en,
  }));
  output.result(rows, () =>
    templateGroups
      .flatMap((group) => rows.filter((row) => row.group === group))
      .map(({ id, name, year, description }) =>
        [id.padEnd(14), name.padEnd(14), String(year), description].join(' '),
      )
      .join('\n'),
  );
  return exitCodes.fine;
}
