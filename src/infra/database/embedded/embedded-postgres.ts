import type { SocketAddress } from '../data-source-options';

export interface EmbeddedPostgres {
  readonly address: SocketAddress;
  readonly release: () => Promise<void>;
}
export async function acquireEmbeddedPostgres(directory: string): Promise<EmbeddedPostgres> {
  throw new Error(`not yet: ${directory}`);
}
