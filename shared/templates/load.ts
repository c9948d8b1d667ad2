import { readProject, type Document } from '../document.ts';

const files: Readonly<Record<string, () => Promise<{ readonly default: unknown }>>> = {
  'lenet-5': () => import('./lenet-5.json'),
  'mnist-cnn': () => import('./mnist-cnn.json'),
  'residual-cnn': () => import('./residual-cnn.json'),
  mlp: () => import('./mlp.json'),
  alexnet: () => import('./alexnet.json'),
  zfnet: () => import('./zfnet.json'),
  'vgg-16': () => import('./vgg-16.json'),
  'vgg-19': () => import('./vgg-19.json'),
  googlenet: () => import('./googlenet.json'),
  'resnet-18': () => import('./resnet-18.json'),
  'resnet-20': () => import('./resnet-20.json'),
  'resnet-50': () => import('./resnet-50.json'),
  squeezenet: () => import('./squeezenet.json'),
  'densenet-121': () => import('./densenet-121.json'),
  'mobilenet-v1': () => import('./mobilenet-v1.json'),
  'mobilenet-v2': () => import('./mobilenet-v2.json'),
  autoencoder: () => import('./autoencoder.json'),
  unet: () => import('./unet.json'),
};

/** The ids of the templates that can be loaded. */
export const loadable: readonly string[] = Object.keys(files);

/** Loads the layers of a template, which a page fetches only now. Rejects where they cannot be fetched. */
export async function loadTemplate(id: string): Promise<Document> {
  const file = Object.hasOwn(files, id) ? await files[id]?.() : undefined;
  if (file === undefined) throw new Error(`There is no template “${id}”.`);
  const read = readProject(file.default);
  if (!read.ok) throw new Error(`Template ${id}: ${read.problems[0]?.message ?? ''}`);
  return read.value;
}
