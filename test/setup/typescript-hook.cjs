// `node -r test/setup/typescript-hook.cjs script.ts`: compiles TypeScript as it is loaded, with the options of the specs.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const { transform } = require('../../.config/jest.config.js');

const [[, [, options]]] = Object.entries(transform);

require.extensions['.ts'] = (module, filename) => {
  module._compile(transformSync(readFileSync(filename, 'utf8'), { ...options, filename }).code, filename);
};
