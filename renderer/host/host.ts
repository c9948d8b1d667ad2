import type { ContractRouterClient } from '@orpc/contract';
import type { StoreApi } from 'zustand/vanilla';

import type { Document } from '../../shared/document.ts';
import type { Result } from '../../shared/problem.ts';
import type { contract, Wish, WindowState } from '../../shared/rpc/contract.ts';

/** The core's end of the contract, as the page calls it. */
export type Client = ContractRouterClient<typeof contract>;

/** How the page stands with the core: `refused` when the core asks for a token that the page does not have. */
export type Connection = 'connecting' | 'open' | 'lost' | 'refused';

/** A file that somebody chose to open. */
export interface ChosenFile {
  readonly fileName: string;
  readonly text: string;
  /** Names the file where the host can write to it again. */
  readonly fileToken: string | null;
}

/** A chosen file, or why it cannot be read; its name where it has one all the same. */
export type Chosen = Result<ChosenFile> & { readonly fileName?: string };

/** The file that a project was saved in. */
export interface SavedFile {
  /** Names the file where the host can write to it again; null for a download. */
  readonly fileToken: string | null;
  readonly fileName: string;
}

/** What the page needs from the program around it: a window of its own, or a browser. */
export interface Host {
  readonly client: Client;
  readonly connection: Pick<StoreApi<Connection>, 'getState' | 'subscribe' | 'getInitialState'>;
  /** Saves a project: to its file where it has one, else where the user wants it. Null where they want it nowhere. */
  saveProject(document: Document, fileToken: string | null): Promise<SavedFile | null>;
  /** Lets the user choose a file and reads it; null when they choose none. */
  chooseFile(): Promise<Chosen | null>;
  /** Hands over the files of an export; gives the folder where it knows it. */
  deliverModel(exportId: string, name: string): Promise<string | null>;
  /**
   * Hands over a file that the page made, such as a table or a picture; gives its path where the host knows it, and
   * null where it does not or the user wants the file nowhere.
   */
  deliverFile(fileName: string, data: Blob): Promise<string | null>;
  /** Tells what the window's title and menus go by. A browser has neither. */
  tell(state: WindowState): void;
  /** Says whether the window that asked for it may close now. */
  mayClose(may: boolean): void;
  /** Hears what menus and the system ask of the page; gives back how to stop. */
  onWish(listener: (wish: Wish) => void): () => void;
}
