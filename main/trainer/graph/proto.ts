/** The messages of TensorFlow's graphs, as tfjs-node brings them along; as much of them as is written here. */
export interface AttrValue {
  setType(value: number): void;
  setShape(value: TensorShape): void;
  setB(value: boolean): void;
  setI(value: number): void;
  setF(value: number): void;
  /** Bytes, as base64. */
  setS(value: string): void;
  setTensor(value: TensorMessage): void;
  setList(value: ListValue): void;
}

interface ListValue {
  setIList(value: number[]): void;
}

interface Dim {
  setSize(value: number): void;
}

interface TensorShape {
  setDimList(value: Dim[]): void;
}

interface TensorMessage {
  setDtype(value: number): void;
  setTensorShape(value: TensorShape): void;
  /** Bytes, as base64. */
  setTensorContent(value: string): void;
}

export interface NodeDef {
  setName(value: string): void;
  setOp(value: string): void;
  setInputList(value: string[]): void;
  getAttrMap(): { set(key: string, value: AttrValue): unknown };
}

interface VersionDef {
  setProducer(value: number): void;
}

interface GraphDef {
  setNodeList(value: NodeDef[]): void;
  setVersions(value: VersionDef): void;
}

interface MetaInfoDef {
  setTagsList(value: string[]): void;
}

interface MetaGraphDef {
  setMetaInfoDef(value: MetaInfoDef): void;
  setGraphDef(value: GraphDef): void;
}

interface SavedModel {
  setSavedModelSchemaVersion(value: number): void;
  setMetaGraphsList(value: MetaGraphDef[]): void;
  serializeBinary(): Uint8Array;
}

export interface Messages {
  readonly AttrValue: (new () => AttrValue) & { readonly ListValue: new () => ListValue };
  readonly TensorShape: (new () => TensorShape) & { readonly Dim: new () => Dim };
  readonly Tensor: new () => TensorMessage;
  readonly NodeDef: new () => NodeDef;
  readonly VersionDef: new () => VersionDef;
  readonly GraphDef: new () => GraphDef;
  readonly MetaGraphDef: (new () => MetaGraphDef) & { readonly MetaInfoDef: new () => MetaInfoDef };
  readonly SavedModel: new () => SavedModel;
}

/** Loads the messages; the package is CommonJS and has no types of its own for them. */
export function proto(require: NodeJS.Require): Messages {
  return require('@tensorflow/tfjs-node-gpu/dist/proto/api_pb') as Messages;
}
