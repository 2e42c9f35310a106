// What .ci/check-imports.mjs must refuse: the file, its words, and the violation.
const RIGHT = /auth may not import payment/;
const BARREL = /no barrels/;

export const IMPORTS = [
  ['src/auth/to-the-right.ts', RIGHT, "import '../payment/payment.service';\n"],
  [
    'src/auth/type.ts',
    RIGHT,
    "import type { used } from '../payment/payment.service';\nexport type A = typeof used;\n",
  ],
  ['src/auth/re-export.ts', RIGHT, "export { used } from '../payment/payment.service';\nexport const b = 1;\n"],
  ['src/infra/import-type.ts', /infra may not/, "export type A = import('../auth/account.entity').Account;\n"],
  ['src/infra/import-call.ts', /infra may not/, "export const a = import('../auth/account.entity');\n"],
  ['src/infra/require.ts', /infra may not/, "import a = require('../auth/account.entity');\nexport const b = a;\n"],
  ['src/common/infra.ts', /common may not/, "import '../infra/config/environment';\n"],
  ['src/payment/entity.ts', /across modules only/, "import '../auth/account.entity';\n"],
  ['src/auth/app-module.ts', /app\.module\.ts is imported by the entry points/, "import '../app.module';\n"],
  ['src/app.ts', /what a module shows/, "import './auth/account.entity';\n"],
  ['migrations/2-entity.ts', /a migration imports only/, "import '../src/auth/account.entity';\n"],
  ['src/auth/test.ts', /imported by tests only/, "import '../../test/e2e/journey.spec';\n"],
  ['src/auth/nowhere.ts', /does not exist/, "import './nothing';\n"],
  ['src/news/news.service.ts', /has no place/, 'export const a = 1;\n'],
  ['src/auth/circle-a.ts', /a circle/, "import type { B } from './circle-b';\nexport type A = B;\n"],
  ['src/auth/circle-b.ts', null, "import type { A } from './circle-a';\nexport type B = A | 1;\n"],
  ['src/auth/index.ts', BARREL, 'export const a = 1;\n'],
  ['src/auth/all.ts', BARREL, "export * from './account.entity';\nexport const a = 1;\n"],
  ['src/auth/only-re-exports.ts', BARREL, "export { Account } from './account.entity';\n"],
  ['src/auth/undeclared.ts', /lodash is not declared/, "import 'lodash';\n"],
  ['src/auth/dev.ts', /jest is a devDependency/, "import 'jest';\n"],
  ['src/auth/bare.ts', /write node:fs/, "import 'fs';\n"],
];
