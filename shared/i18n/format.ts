/** What a sentence may be filled with. */
export type Values = Readonly<Record<string, string | number>>;

/** Fills `{{name}}` places, as i18next does, so that core and command line need no i18n library. */
export function format(template: string, values: Values): string {
  return template.replace(/\{\{(\w+)\}\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : String(value);
  });
}
