const lines = (count) =>
  Array.from({ length: count }, (_, index) => `export const line${index} = ${index};`).join('\n');

/** `rule: null` is ESLint's own word about a comment that would switch a rule off. */
export const LINT = [
  {
    rule: '@typescript-eslint/no-floating-promises',
    path: 'src/auth/floating.ts',
    text: 'async function work(): Promise<void> {}\nexport function start(): void {\n  work();\n}\n',
  },
  {
    rule: '@typescript-eslint/no-misused-promises',
    path: 'src/auth/misused.ts',
    text: '[1].forEach(async () => Promise.resolve());\n',
  },
  { rule: '@typescript-eslint/no-explicit-any', path: 'src/auth/any.ts', text: 'export const anything: any = 1;\n' },
  {
    rule: '@typescript-eslint/no-unsafe-member-access',
    path: 'src/auth/unsafe.ts',
    text: "export const name = JSON.parse('{}').name as string;\n",
  },
  {
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    path: 'src/auth/switch.ts',
    text: "export function rank(role: 'admin' | 'support'): number {\n  switch (role) {\n    case 'admin':\n      return 1;\n  }\n  return 0;\n}\n",
  },
  {
    rule: '@typescript-eslint/consistent-type-imports',
    path: 'src/auth/type-import.ts',
    text: "import { Account } from './account.entity';\nexport const id = (account: Account): number => account.id;\n",
  },
  {
    rule: '@typescript-eslint/no-unused-vars',
    path: 'src/auth/unused.ts',
    text: "import { Account } from './account.entity';\n",
  },
  {
    rule: '@typescript-eslint/no-non-null-assertion',
    path: 'src/auth/non-null.ts',
    text: 'export const first = (list: string[]): string => list[0]!;\n',
  },
  {
    rule: 'no-restricted-properties',
    path: 'src/auth/environment.ts',
    text: "export const secret = process.env['JWT_SECRET'];\n",
  },
  { rule: 'no-restricted-properties', path: 'src/auth/destructured.ts', text: 'export const { env } = process;\n' },
  {
    rule: 'no-restricted-syntax',
    path: 'src/auth/global-environment.ts',
    text: "export const secret = globalThis.process.env['JWT_SECRET'];\n",
  },
  {
    rule: 'no-restricted-imports',
    path: 'src/auth/env-import.ts',
    text: "import { env } from 'node:process';\nexport const secret = env['JWT_SECRET'];\n",
  },
  {
    rule: 'no-restricted-imports',
    path: 'src/auth/forward-ref.ts',
    text: "import { forwardRef } from '@nestjs/common';\nexport const later = forwardRef(() => Date);\n",
  },
  { rule: 'no-restricted-syntax', path: 'src/auth/now.ts', text: 'export const now = Date.now();\n' },
  { rule: 'no-restricted-syntax', path: 'src/auth/new-date.ts', text: 'export const now = new Date();\n' },
  { rule: 'no-restricted-syntax', path: 'src/auth/default.ts', text: 'export default 1;\n' },
  {
    rule: 'no-restricted-syntax',
    path: 'src/infra/constructor.ts',
    text: `export class Wide {\n  constructor(${'abcdefgh'
      .split('')
      .map((name) => `readonly ${name}: number`)
      .join(', ')}) {}\n}\n`,
  },
  { rule: 'max-lines', path: 'src/auth/long.ts', text: `${lines(301)}\n` },
  { rule: 'max-lines', path: 'migrations/2-long.ts', text: `${lines(301)}\n` },
  { rule: 'no-console', path: 'src/auth/console.ts', text: "console.log('here');\n" },
  {
    rule: null,
    path: 'src/auth/inline.ts',
    text: '// eslint-disable-next-line @typescript-eslint/no-explicit-any\nexport const anything: any = 1;\n',
  },
  { rule: 'no-restricted-syntax', path: 'test/e2e/only.spec.ts', text: "it.only('alone', () => undefined);\n" },
  { rule: 'no-restricted-syntax', path: 'test/e2e/skip.spec.ts', text: "describe.skip('never', () => undefined);\n" },
  {
    rule: 'no-restricted-syntax',
    path: 'test/e2e/each.spec.ts',
    text: "it.skip.each([1])('never', () => undefined);\n",
  },
  { rule: 'no-restricted-syntax', path: 'src/auth/xit.spec.ts', text: "xit('never', () => undefined);\n" },
  {
    rule: '@typescript-eslint/no-floating-promises',
    path: 'test/e2e/floating.spec.ts',
    text: "it('waits', () => {\n  Promise.resolve();\n});\n",
  },
];
