/** Parameters of a layer as the project file holds them: names are TensorFlow.js's, missing ones take its defaults. */
export type ParamValues = Readonly<Record<string, unknown>>;

/**
 * A named change of the document, as data: a problem's fix carries one, so that it can be previewed,
 * sent to another process and undone. `applyEdit` in applyEdit.ts carries it out.
 */
export type Edit =
  | { readonly type: 'setParams'; readonly nodeId: string; readonly params: ParamValues }
  | {
      readonly type: 'insertBefore';
      readonly nodeId: string;
      readonly kind: string;
      readonly params: ParamValues;
    }
  | { readonly type: 'append'; readonly nodeId: string; readonly kind: string; readonly params: ParamValues }
  | { readonly type: 'removeNode'; readonly nodeId: string }
  | { readonly type: 'removeNodes'; readonly nodeIds: readonly string[] }
  | {
      readonly type: 'connect' | 'disconnect';
      readonly source: string;
      readonly target: string;
      readonly targetHandle?: string | undefined;
    }
  /** Gives layers weights of their own; or marks layers as outputs that are wanted. */
  | { readonly type: 'stopSharing' | 'keepOutputs'; readonly nodeIds: readonly string[] }
  | { readonly type: 'setDataset'; readonly dataset: { readonly kind: string } | null }
  /** Puts a layer into an edge, which is named with its handle where its target takes several inputs. */
  | {
      readonly type: 'insertOnEdge';
      readonly source: string;
      readonly target: string;
      readonly targetHandle?: string | undefined;
      readonly kind: string;
      readonly params: ParamValues;
    }
  /** Adds layers behind a layer, one behind the other. */
  | { readonly type: 'appendChain'; readonly nodeId: string; readonly layers: readonly NewLayer[] }
  /** Lets another layer feed all that this one feeds, and takes this one out. */
  | { readonly type: 'replaceSource'; readonly nodeId: string; readonly by: string }
  /** Puts a layer of another kind into a layer's place, with the values that both have. */
  | { readonly type: 'replaceKind'; readonly nodeId: string; readonly kind: string }
  | {
      readonly type: 'setTraining';
      readonly values: TrainingValues;
    }
  /** One after another, as one step. */
  | { readonly type: 'all'; readonly edits: readonly Edit[] };

/** Settings of a training that a fix changes. */
export interface TrainingValues {
  readonly batchSize?: number;
  readonly learningRate?: number;
  readonly loss?: 'categoricalCrossentropy' | 'meanSquaredError';
}

/** A layer that an edit adds; what `params` leaves out has the palette's values. */
export interface NewLayer {
  readonly kind: string;
  readonly params: ParamValues;
}
