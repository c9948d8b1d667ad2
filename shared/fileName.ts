/** A name that every file system takes. */
export function fileNameOf(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Control}]/gu, ' ')
    .replace(/(^|\s)\.+(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
  return safe === '' ? 'network' : safe;
}
