import type { FieldOfView } from '../../shared/graph/fieldOfView.ts';

/** Rows and columns as people count them, from 1. */
export function placeOf([rows, columns]: FieldOfView['seen']) {
  return { top: rows.first + 1, bottom: rows.last + 1, left: columns.first + 1, right: columns.last + 1 };
}
