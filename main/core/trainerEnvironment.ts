/**
 * What TensorFlow is to find in the environment of the process that it is loaded in. The C library of Linux gives large
 * blocks back to the system when they are freed, and fetches them anew, page by page, at every step: a tenth of a
 * training's time. It is told to keep them. Elsewhere the names mean nothing.
 */
export const trainerEnvironment: Readonly<Record<string, string>> = {
  TF_CPP_MIN_LOG_LEVEL: '2',
  MALLOC_MMAP_THRESHOLD_: String(2 ** 30),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 32),
  MALLOC_TOP_PAD_: String(2 ** 26),
};
