import { setTrainable, shareWeights, stopSharing } from '../../shared/graph/sharing.ts';
import { run } from './commands.ts';

/** Lets layers of one kind use the weights of the first of them. */
export function shareLayerWeights(ids: readonly string[]): void {
  const [owner = '', layer = ''] = ids;
  run({ key: 'shareWeights', values: { owner, layer } }, (document) => shareWeights(document, ids));
}

/** Gives a layer weights of its own. */
export function stopSharingWeights(id: string): void {
  run({ key: 'stopSharing', values: { layer: id } }, (document) => stopSharing(document, new Set([id])));
}

/** Has training change a layer's weights, or leave them as they are. */
export function trainWeights(id: string, trainable: boolean): void {
  run({ key: trainable ? 'train' : 'freeze', values: { layer: id } }, (document) =>
    setTrainable(document, new Set([id]), trainable),
  );
}
