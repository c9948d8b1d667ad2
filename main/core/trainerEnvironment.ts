/**
 * What TensorFlow is to find in the environment of the process that it is loaded in. The C library of Linux gives each
 * thread an arena of its own, in which memory that was freed waits for that thread: with one for all, ten trainings in a
 * row take what the first one took. TensorFlow is as fast, since it keeps its large blocks itself. Elsewhere the name
 * means nothing.
 */
export const trainerEnvironment: Readonly<Record<string, string>> = {
  TF_CPP_MIN_LOG_LEVEL: '2',
  MALLOC_ARENA_MAX: '1',
};
