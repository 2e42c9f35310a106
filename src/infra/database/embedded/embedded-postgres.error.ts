const WAY_OUT = 'Set DATABASE_URL to a server of your own: postgres://user:password@host:5432/name (or mysql://…).';

/** The embedded server can't run here; the message says why and what to do. */
export class EmbeddedPostgresError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The embedded PostgreSQL can't run: ${reason} ${WAY_OUT}`, options);
  }
}
