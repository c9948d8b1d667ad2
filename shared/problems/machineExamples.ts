import type { ProblemExample } from './example.ts';

const machine = (cause: string) => ({ type: 'machine', cause }) as const;

/** Trouble of the machine or of a run, which no file raises. */
export const machineExamples = {
  'port-taken': machine('Another program listens on the port that was asked for.'),
  'port-not-allowed': machine('The system keeps ports below 1024 for the administrator.'),
  'page-not-built': machine('The program was started from its source before it was built.'),
  unexpected: machine('A mistake in Convas itself, or an answer of the system that nobody foresaw.'),
  'trainer-crashed': machine('The training process ended: mostly the system took back its memory.'),
  'engine-unavailable': machine('TensorFlow’s library cannot be loaded on this machine.'),
  'loss-not-finite': machine('The loss overflowed during a training: the steps are too large.'),
  'test-loss-not-finite': machine('The loss on the test set overflowed: the steps are too large.'),
  'training-runs': machine('A second training is started while one runs.'),
  'no-such-run': machine('A run is asked for that is not in the folder of runs.'),
  'no-such-checkpoint': machine('Weights of an epoch are asked for after which none were kept.'),
  'not-of-one-picture': machine('A network of two inputs is to show what it makes of a picture.'),
  'picture-does-not-fit': machine('A picture larger than the input is to be recognised.'),
  'no-such-layer': machine('A layer is asked about that is not in the network.'),
  'no-maps': machine('Grad-CAM is to be of a layer behind Flatten.'),
  'no-such-channel': machine('A feature map is asked for that the layer does not have.'),
  'no-such-class': machine('A class is asked about that the network does not have.'),
  'run-without-model': machine('A run that ended early is to be exported.'),
  'no-code': machine('A layer is to be written as source of a framework that has none like it.'),
  'layer-locked': machine('A layer is to be changed that somebody locked on the canvas.'),
  'nothing-to-paste': machine('The clipboard holds something else than layers.'),
  'no-such-file': machine('The command line names a file that is not there.'),
  'unreadable-file': machine('The system does not let a file be read.'),
  'unwritable-folder': machine('The system does not let a folder be written, or the disk is full.'),
  'folder-not-empty': machine('A model or a run is to be written to a folder that holds something.'),
  'not-connected': machine('The page lost the program that serves it.'),
  'dataset-unreadable': machine('The files of a dataset are missing or damaged.'),
  'weights-size-differs': machine('A file of weights is shorter or longer than model.json says.'),
  'weights-do-not-fit': machine('The weights beside a run are those of another network.'),
} satisfies Readonly<Record<string, ProblemExample>>;
