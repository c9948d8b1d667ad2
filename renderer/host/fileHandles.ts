import { createStore, del, entries, get, set, type UseStore } from 'idb-keyval';

/** The part of the File System Access API that TypeScript's own types lack. */
interface WritableHandle extends FileSystemFileHandle {
  queryPermission?(descriptor: { readonly mode: 'readwrite' }): Promise<PermissionState>;
  requestPermission?(descriptor: { readonly mode: 'readwrite' }): Promise<PermissionState>;
}

interface FileType {
  readonly description: string;
  readonly accept: Readonly<Record<string, readonly string[]>>;
}

/** Browsers that can write to a file again; Firefox and Safari cannot. */
export interface FilePickers {
  showSaveFilePicker?(options: {
    readonly suggestedName: string;
    readonly types: readonly FileType[];
  }): Promise<FileSystemFileHandle>;
  showOpenFilePicker?(options: {
    readonly multiple: false;
    readonly types: readonly FileType[];
  }): Promise<readonly FileSystemFileHandle[]>;
}

interface KeptHandle {
  readonly handle: FileSystemFileHandle;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

/** So many files are remembered; those used longest ago go first. */
const maxHandles = 200;
const projectFile: FileType = { description: 'Convas', accept: { 'application/json': ['.convas'] } };
const openable: FileType = { description: 'Convas', accept: { 'application/json': ['.convas', '.json'] } };

let opened: UseStore | undefined;

/** In IndexedDB, which keeps handles over reloads and restarts. */
function store(): UseStore {
  opened ??= createStore('convas-files', 'handles');
  return opened;
}

/** Remembers a file; gives its token, which is the same for the same file. */
export async function keepHandle(handle: FileSystemFileHandle): Promise<string> {
  const all = await entries<string, KeptHandle>(store());
  let token: string | undefined;
  for (const [one, kept] of all) {
    if (token === undefined && (await handle.isSameEntry(kept.handle))) token = one;
  }
  token ??= crypto.randomUUID();
  await set(token, { handle, usedAt: Date.now() } satisfies KeptHandle, store());
  const oldest = all.filter(([one]) => one !== token).sort(([, a], [, b]) => a.usedAt - b.usedAt);
  for (const [one] of oldest.slice(0, Math.max(0, all.length - maxHandles))) await del(one, store());
  return token;
}

/**
 * The file of a token, where it may be written to; asks for the permission where the browser has forgotten it.
 * Null where there is no such file any more, or the user does not allow it.
 */
export async function writableHandle(token: string): Promise<FileSystemFileHandle | null> {
  const kept = await get<KeptHandle>(token, store());
  if (kept === undefined) return null;
  const handle: WritableHandle = kept.handle;
  const mode = { mode: 'readwrite' } as const;
  const now = (await handle.queryPermission?.(mode)) ?? 'granted';
  const answer = now === 'prompt' ? await handle.requestPermission?.(mode) : now;
  return answer === 'granted' ? handle : null;
}

/** Lets the user choose where a project goes; null where they choose nothing. */
export function chooseSaveFile(
  pickers: Required<Pick<FilePickers, 'showSaveFilePicker'>>,
  suggestedName: string,
): Promise<FileSystemFileHandle | null> {
  return unlessAborted(pickers.showSaveFilePicker({ suggestedName, types: [projectFile] }));
}

/** Lets the user choose a project to open; null where they choose nothing. */
export async function chooseOpenFile(
  pickers: Required<Pick<FilePickers, 'showOpenFilePicker'>>,
): Promise<FileSystemFileHandle | null> {
  const chosen = await unlessAborted(pickers.showOpenFilePicker({ multiple: false, types: [openable] }));
  return chosen?.[0] ?? null;
}

async function unlessAborted<T>(choice: Promise<T>): Promise<T | null> {
  try {
    return await choice;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

/** Writes a file wholly, or leaves it as it was. */
export async function writeTo(handle: FileSystemFileHandle, text: string): Promise<void> {
  const stream = await handle.createWritable();
  try {
    await stream.write(text);
  } catch (error) {
    await stream.abort().catch(() => undefined);
    throw error;
  }
  await stream.close();
}
