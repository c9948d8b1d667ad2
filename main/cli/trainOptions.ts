import type { Document } from '../../shared/document.ts';
import { checkParams } from '../../shared/layers/paramValues.ts';
import { fine, type Result } from '../../shared/problem.ts';
import { trainingParams } from '../../shared/training/config.ts';

/** Settings of a training that stand in a command instead of the file. */
export interface GivenSettings {
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
  readonly seed?: number | undefined;
}

/** The document with the settings that a command gives. */
export function withOptions(
  document: Document,
  { epochs, batchSize, seed }: GivenSettings,
): Result<Document> {
  const { optimizer, ...settings } = document.training;
  const given = {
    ...settings,
    ...(epochs === undefined ? {} : { epochs }),
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(seed === undefined ? {} : { seed }),
  };
  const checked = checkParams(trainingParams, given, 'training');
  if (!checked.ok) return checked;
  return fine({ ...document, training: { ...given, optimizer } });
}
