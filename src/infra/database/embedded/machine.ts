import { EmbeddedPostgresError } from './embedded-postgres.error';

export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly musl: boolean;
}

const PACKAGES = new Set([
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
]);

/** The npm package with the binaries for a machine. Throws where none fits. */
export function packageFor({ platform, arch, musl }: Machine): string {
  // PostgreSQL could, but Node's driver can't reach a unix socket there, and a TCP port would be open to every user.
  if (platform === 'win32') throw new EmbeddedPostgresError('it is reached by a unix socket, which Windows has not.');
  if (musl) throw new EmbeddedPostgresError('its binaries need glibc, and this system has musl (Alpine?).');
  const name = `${platform}-${arch}`;
  if (!PACKAGES.has(name)) throw new EmbeddedPostgresError(`there are no binaries for ${name}.`);
  return `@embedded-postgres/${name}`;
}

export function thisMachine(): Machine {
  const { platform, arch } = process;
  return { platform, arch, musl: platform === 'linux' && !hasGlibc() };
}

function hasGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}
