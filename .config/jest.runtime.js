const { join, sep } = require('node:path');
const { default: Runtime } = require('jest-runtime');

const root = join(__dirname, '..');
const KEPT = ['src', 'migrations'].map((folder) => join(root, folder) + sep);
/** Wherever they lie: the folder may be a link. */
const PACKAGES = `${sep}node_modules${sep}`;

const kept = new Map();
const sourceMaps = new Map();
let current;

/**
 * Loads the application and its packages once for each worker instead of once for each spec file: that was most of the
 * suite's time. Specs and what lies in `test` are loaded anew for each file. A spec that mocks a module says
 * `@jest-environment node` in its first comment and is left to Jest as it is.
 */
module.exports = class WorkerRuntime extends Runtime {
  constructor(config, environment, ...rest) {
    super(config, environment, ...rest);
    this.keepsModules = environment.keepsModules === true;
    if (!this.keepsModules) return;
    current = this;
    for (const [path, module] of kept) this.registries.getActiveCjsRegistry().set(path, module);
    for (const [path, map] of sourceMaps) this.getSourceMaps().set(path, map);
  }

  /** Kept modules ask the runtime that loaded them, which is gone: the one at work answers. */
  requireModuleOrMock(from, name) {
    if (this.keepsModules && current !== this) return current.requireModuleOrMock(from, name);
    return super.requireModuleOrMock(from, name);
  }

  teardown() {
    if (this.keepsModules) {
      for (const [path, module] of this.registries.getActiveCjsRegistry()) {
        if (module.loaded && isKept(path)) kept.set(path, module);
      }
      for (const [path, map] of this.getSourceMaps()) if (isKept(path)) sourceMaps.set(path, map);
    }
    super.teardown();
  }
};

function isKept(path) {
  const isOurs = KEPT.some((folder) => path.startsWith(folder)) && !path.endsWith('.spec.ts');
  return isOurs || path.includes(PACKAGES);
}
