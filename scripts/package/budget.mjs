/**
 * Installed size by part, in MiB, on Linux x64, without Electron itself (some 290 MiB): together below 1.1 GB. A
 * package may exceed a part by a tenth; beyond, the check fails.
 */
export const sizeBudget = { archive: 70, engine: 610 };

/** An installer, in MiB. */
export const installerBudget = 300;
