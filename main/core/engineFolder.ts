// The set-up script is plain JavaScript, since it runs before anything is built; where the engine lies and whether it
// is whole must not be said twice.
export { findEngine, readSetupReport } from '../../scripts/engine/folder.mjs';
