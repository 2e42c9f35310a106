// What the compiler must refuse: the file, its words, and the violation.
export const TYPES = [
  ['src/auth/wrong.ts', /TS2322/, "export const a: number = 'b';\n"],
  ['src/auth/index-access.ts', /TS2322/, 'export const a = (list: string[]): string => list[0];\n'],
  ['src/auth/null.ts', /TS2531|TS18047/, 'export const a = (text: string | null): number => text.length;\n'],
  ['src/auth/implicit.ts', /TS7006/, 'export const a = (text) => String(text);\n'],
  [
    'src/auth/override.ts',
    /TS4114/,
    'export class A extends Error {\n  toString(): string {\n    return "";\n  }\n}\n',
  ],
  ['test/e2e/wrong.spec.ts', /TS2322/, "export const a: number = 'b';\n"],
  ['migrations/2-wrong.ts', /TS2322/, "export const a: number = 'b';\n"],
  ['bench/wrong.ts', /TS2322/, "export const a: number = 'b';\n"],
];
