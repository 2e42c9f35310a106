import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Asset {
  readonly folder: string;
  readonly type: string;
}

const SWAGGER_UI = dirname(require.resolve('swagger-ui-dist/package.json'));
/** Copied beside the compiled code by the build. */
const OWN = join(__dirname, 'ui');
const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

/** Everything that the page asks for, by the name it has under `/docs/`. */
export const DOCS_ASSETS: ReadonlyMap<string, Asset> = new Map([
  ['docs.js', { folder: OWN, type: SCRIPT }],
  ['docs.css', { folder: OWN, type: STYLE }],
  ['swagger-ui-bundle.js', { folder: SWAGGER_UI, type: SCRIPT }],
  ['swagger-ui.css', { folder: SWAGGER_UI, type: STYLE }],
  ['favicon-32x32.png', { folder: SWAGGER_UI, type: 'image/png' }],
]);

export function docsPage(): Buffer {
  return readFileSync(join(OWN, 'index.html'));
}

export function readAsset(name: string): { readonly bytes: Buffer; readonly type: string } | undefined {
  const asset = DOCS_ASSETS.get(name);
  return asset && { bytes: readFileSync(join(asset.folder, name)), type: asset.type };
}
