// The house's lint rules. Exceptions stand here, by folder and with a reason, never as comments in the code:
// `noInlineConfig` makes an eslint-disable comment itself a warning, and warnings are red.
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const SOURCE = ['src/**/*.ts', 'migrations/**/*.ts'];
const SPECS = ['src/**/*.spec.ts', 'test/**/*.ts'];
const TYPESCRIPT = ['src/**/*.ts', 'migrations/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'];
const TOOLS = ['.ci/**/*.mjs', '.config/**/*.{js,mjs}', 'bench/**/*.{js,mjs}', 'test/**/*.{js,cjs,mjs}'];
const BROWSER = ['document', 'fetch', 'FormData', 'location', 'sessionStorage', 'URL', 'window'];

/** Where the process's environment may be read. */
const READS_ENVIRONMENT = ['src/infra/config/**/*.ts'];
/** Where the wall clock may be read: its one owner, and plumbing that measures durations. */
const READS_CLOCK = ['src/common/clock.ts', 'src/infra/**/*.ts'];
/** The entry points, which speak to a terminal. */
const ENTRY_POINTS = ['src/main.ts', 'src/server.ts', 'src/migrate.ts'];

const environmentRule = [
  'error',
  { object: 'process', property: 'env', message: 'Settings are read in src/infra/config only.' },
];

const forbiddenImports = {
  paths: [
    { name: '@nestjs/common', importNames: ['forwardRef'], message: 'No forwardRef: publish a fact or bind a port.' },
    { name: 'node:process', importNames: ['env'], message: 'Settings are read in src/infra/config only.' },
    { name: 'process', importNames: ['env'], message: 'Settings are read in src/infra/config only.' },
  ],
};

const constructorBudget = {
  selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>7]',
  message: 'A constructor takes at most 7 parameters: this class does too much.',
};
const environmentBySyntax = {
  selector: 'MemberExpression[property.name="env"][object.type="MemberExpression"][object.property.name="process"]',
  message: 'Settings are read in src/infra/config only.',
};
const namedExports = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that declares it.' },
];
const wallClock = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Ask Clock for the time.' },
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'Ask Clock for the time.',
  },
];
// A test may choose `(possible ? it : it.skip)` at run time and say so; it may not be switched off by an edit.
const switchedOffTests = [
  {
    selector: 'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(skip|only|todo)$/]',
    message: 'A test is neither skipped nor run alone.',
  },
  {
    selector:
      'CallExpression[callee.callee.object.object.name=/^(it|test|describe)$/][callee.callee.object.property.name=/^(skip|only)$/]',
    message: 'A test is neither skipped nor run alone.',
  },
  {
    selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
    message: 'A test is neither skipped nor run alone.',
  },
];
const everywhere = [constructorBudget, environmentBySyntax];

const fileBudget = ['error', { max: 300, skipBlankLines: false, skipComments: false }];

export default defineConfig(
  globalIgnores(['dist/', '.data/', 'coverage/', 'node_modules/']),
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-else-return': 'error',
      'no-param-reassign': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-restricted-imports': ['error', forbiddenImports],
      'no-restricted-properties': environmentRule,
      'no-restricted-syntax': ['error', ...everywhere],
    },
  },
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-dynamic-delete': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/only-throw-error': 'error',
      // An implementation of an asynchronous interface may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'error',
    },
  },
  {
    files: SOURCE,
    rules: {
      'max-lines': fileBudget,
      'no-restricted-syntax': ['error', ...everywhere, ...namedExports, ...wallClock],
    },
  },
  { files: READS_CLOCK, rules: { 'no-restricted-syntax': ['error', ...everywhere, ...namedExports] } },
  { files: READS_ENVIRONMENT, rules: { 'no-restricted-properties': 'off' } },
  {
    // An interface can't be injected: the abstract class of the same name is its token.
    files: ['src/infra/config/settings.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-declaration-merging': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  { files: ENTRY_POINTS, rules: { 'no-console': 'off' } },
  {
    files: SPECS,
    rules: {
      'no-restricted-properties': 'off',
      'no-console': 'off',
      // `declare global { var … }` is the only way to declare what the global set-up leaves behind.
      'no-var': 'off',
      'no-restricted-syntax': ['error', constructorBudget, ...switchedOffTests],
      // Answers arrive as JSON, whose type is any; what they hold is what the test asserts.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // A test names what must be there; where it is not, the test is red all the same.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['bench/**/*.ts', ...TOOLS],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off', 'max-lines': fileBudget },
  },
  { files: TOOLS, languageOptions: { globals: readonly(Object.getOwnPropertyNames(globalThis)) } },
  {
    files: ['.config/**/*.js', 'bench/**/*.js', 'test/**/*.{js,cjs}'],
    languageOptions: { sourceType: 'commonjs', globals: readonly(['__dirname', '__filename']) },
  },
  // Swagger UI's page: a browser runs it.
  { files: ['src/**/*.js'], languageOptions: { sourceType: 'script', globals: readonly(BROWSER) } },
  prettier,
);

/** As ESLint's `globals` wants them. */
function readonly(names) {
  return Object.fromEntries(names.map((name) => [name, 'readonly']));
}
