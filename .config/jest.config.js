const { readdirSync, readFileSync, existsSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '..');

/** Jest on Node 20 can't load ES modules beside CommonJS, so packages that are ES modules are compiled as our code is. */
function esmPackages(modules) {
  if (!existsSync(modules)) return [];
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((part) => `${name}/${part}`) : [name],
  );
  return names.flatMap((name) => {
    const manifest = join(modules, name, 'package.json');
    if (!existsSync(manifest)) return [];
    const nested = esmPackages(join(modules, name, 'node_modules'));
    return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module' ? [name, ...nested] : nested;
  });
}

const escaped = [...new Set(esmPackages(join(root, 'node_modules')))].map((name) => name.replace(/[.+]/g, '\\$&'));

/** As tsconfig.json: decorators with metadata, fields by assignment. */
const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};

module.exports = {
  rootDir: root,
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  testEnvironment: '<rootDir>/.config/jest.environment.js',
  runtime: '<rootDir>/.config/jest.runtime.js',
  testTimeout: 30_000,
  // Half of two cores would be one worker; module loading dominates, and two workers nearly halve it.
  maxWorkers: 2,
  globalSetup: '<rootDir>/test/setup/global-setup.ts',
  globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
  transform: { '^.+\\.(ts|js|mjs)$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(${escaped.join('|')})/)(?!.*\\.mjs$)`],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
