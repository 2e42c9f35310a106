const { TestEnvironment } = require('jest-environment-node');

let shared;

/** One global object for every spec file of a worker, so that what has been loaded once can stay (jest.runtime.js). */
module.exports = class WorkerEnvironment extends TestEnvironment {
  constructor(config, context) {
    if (shared !== undefined) return shared;
    super(config, context);
    this.keepsModules = true;
    this.exit = this.global.process.exit;
    shared = this;
  }

  async setup() {
    // Each file brings its own copy of the test framework; handlers and state of the last one are not for it.
    for (const key of Object.getOwnPropertySymbols(this.global)) {
      if (/^(EVENT_HANDLERS|JEST_STATE_SYMBOL)$/.test(key.description)) delete this.global[key];
    }
  }

  async teardown() {
    this.fakeTimers.useRealTimers();
    this.fakeTimersModern.useRealTimers();
    this.global.process.exit = this.exit;
  }
};
