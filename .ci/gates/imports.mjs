// What .ci/check-imports.mjs must refuse.
export const IMPORTS = [
  {
    title: 'a module to the right',
    says: /auth may not import payment/,
    files: { 'src/auth/wrong.ts': "import '../payment/payment.service';\n" },
  },
  {
    title: 'a type from the right',
    says: /auth may not import payment/,
    files: {
      'src/auth/wrong.ts': "import type { used } from '../payment/payment.service';\nexport type A = typeof used;\n",
    },
  },
  {
    title: 'an import() type from the right',
    says: /infra may not import auth/,
    files: { 'src/infra/wrong.ts': "export type A = import('../auth/account.entity').Account;\n" },
  },
  {
    title: 'import() from the right',
    says: /infra may not import auth/,
    files: { 'src/infra/wrong.ts': "export const a = import('../auth/account.entity');\n" },
  },
  {
    title: 'require() from the right',
    says: /infra may not import auth/,
    files: { 'src/infra/wrong.ts': "import a = require('../auth/account.entity');\nexport const b = a;\n" },
  },
  {
    title: "another module's entity",
    says: /across modules only/,
    files: { 'src/payment/wrong.ts': "import '../auth/account.entity';\n" },
  },
  {
    title: 'a re-export from the right',
    says: /auth may not import payment/,
    files: { 'src/auth/wrong.ts': "export { used } from '../payment/payment.service';\nexport const b = 1;\n" },
  },
  {
    title: 'common imports infra',
    says: /common may not import infra/,
    files: { 'src/common/wrong.ts': "import '../infra/config/environment';\n" },
  },
  {
    title: 'a module imports app.module',
    says: /app\.module\.ts is imported by the entry points/,
    files: { 'src/auth/wrong.ts': "import '../app.module';\n" },
  },
  {
    title: 'an entry point names a module',
    says: /only app\.module names the modules/,
    files: { 'src/app.ts': "import './auth/auth.service';\n" },
  },
  {
    title: 'a migration imports an entity',
    says: /a migration imports only/,
    files: { 'migrations/2-wrong.ts': "import '../src/auth/account.entity';\n" },
  },
  {
    title: 'source imports a test',
    says: /imported by tests only/,
    files: { 'src/auth/wrong.ts': "import '../../test/e2e/journey.spec';\n" },
  },
  {
    title: 'a module without a place',
    says: /has no place/,
    files: { 'src/news/news.service.ts': 'export const a = 1;\n' },
  },
  {
    title: 'a circle',
    says: /a circle/,
    files: {
      'src/auth/a.ts': "import type { B } from './b';\nexport type A = B;\n",
      'src/auth/b.ts': "import type { A } from './a';\nexport type B = A | 1;\n",
    },
  },
  { title: 'an index', says: /no barrels/, files: { 'src/auth/index.ts': 'export const a = 1;\n' } },
  {
    title: 'export *',
    says: /no barrels/,
    files: { 'src/auth/all.ts': "export * from './account.entity';\nexport const a = 1;\n" },
  },
  {
    title: 'only re-exports',
    says: /no barrels/,
    files: { 'src/auth/all.ts': "export { Account } from './account.entity';\n" },
  },
  {
    title: 'an undeclared package',
    says: /lodash is not declared/,
    files: { 'src/auth/wrong.ts': "import 'lodash';\n" },
  },
  {
    title: 'a devDependency in production',
    says: /jest is a devDependency/,
    files: { 'src/auth/wrong.ts': "import 'jest';\n" },
  },
];
