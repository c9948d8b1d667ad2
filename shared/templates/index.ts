import { readProject, type Document } from '../document.ts';
import alexnet from './alexnet.json' with { type: 'json' };
import autoencoder from './autoencoder.json' with { type: 'json' };
import densenet121 from './densenet-121.json' with { type: 'json' };
import googlenet from './googlenet.json' with { type: 'json' };
import lenet5 from './lenet-5.json' with { type: 'json' };
import mlp from './mlp.json' with { type: 'json' };
import mnistCnn from './mnist-cnn.json' with { type: 'json' };
import mobilenetV1 from './mobilenet-v1.json' with { type: 'json' };
import mobilenetV2 from './mobilenet-v2.json' with { type: 'json' };
import residualCnn from './residual-cnn.json' with { type: 'json' };
import resnet18 from './resnet-18.json' with { type: 'json' };
import resnet20 from './resnet-20.json' with { type: 'json' };
import resnet50 from './resnet-50.json' with { type: 'json' };
import squeezenet from './squeezenet.json' with { type: 'json' };
import unet from './unet.json' with { type: 'json' };
import vgg16 from './vgg-16.json' with { type: 'json' };
import vgg19 from './vgg-19.json' with { type: 'json' };
import zfnet from './zfnet.json' with { type: 'json' };
import { templateList, type TemplateInfo } from './list.ts';

const files: Readonly<Record<string, unknown>> = {
  'lenet-5': lenet5,
  'mnist-cnn': mnistCnn,
  'residual-cnn': residualCnn,
  mlp,
  alexnet,
  zfnet,
  'vgg-16': vgg16,
  'vgg-19': vgg19,
  googlenet,
  'resnet-18': resnet18,
  'resnet-20': resnet20,
  'resnet-50': resnet50,
  squeezenet,
  'densenet-121': densenet121,
  'mobilenet-v1': mobilenetV1,
  'mobilenet-v2': mobilenetV2,
  autoencoder,
  unet,
};

/** An example network, as a project file. */
export interface Template extends TemplateInfo {
  /** Read from its file when it is first asked for: most of them never are. */
  readonly document: Document;
}

/** All templates with their layers. A page loads its own by load.ts: these are a megabyte. */
export const templates: readonly Template[] = templateList.map((info) => {
  let read: Document | undefined;
  return {
    ...info,
    get document() {
      read ??= templateDocument(info.id, files[info.id]);
      return read;
    },
  };
});

export function findTemplate(id: string): Template | undefined {
  return templates.find((candidate) => candidate.id === id);
}

function templateDocument(id: string, project: unknown): Document {
  const read = readProject(project);
  if (!read.ok) throw new Error(`Template ${id}: ${read.problems[0]?.message ?? ''}`);
  return read.value;
}
