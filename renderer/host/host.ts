import type { ContractRouterClient } from '@orpc/contract';
import type { StoreApi } from 'zustand/vanilla';

import type { Document } from '../../shared/document.ts';
import type { Result } from '../../shared/problem.ts';
import type { contract } from '../../shared/rpc/contract.ts';

/** The core's end of the contract, as the page calls it. */
export type Client = ContractRouterClient<typeof contract>;

/** How the page stands with the core: `refused` when the core asks for a token that the page does not have. */
export type Connection = 'connecting' | 'open' | 'lost' | 'refused';

/** A file that somebody chose to open. */
export interface OpenedProject {
  readonly fileName: string;
  readonly document: Result<Document>;
}

/** What the page needs from the program around it: a window of its own, or a browser. */
export interface Host {
  readonly client: Client;
  readonly connection: Pick<StoreApi<Connection>, 'getState' | 'subscribe' | 'getInitialState'>;
  /** Saves a project where the user wants it. */
  saveProject(document: Document): Promise<void>;
  /** Lets the user choose a project file and reads it; null when they choose none. */
  openProject(): Promise<OpenedProject | null>;
  /** Hands over the files of an export, as `<name>.zip`. */
  downloadModel(exportId: string, name: string): void;
}
