/** Where a request comes from, as its session remembers it. */
export interface Client {
  /** At most 45 characters. */
  readonly ip: string;
  /** At most 255 characters; empty where the client says nothing. */
  readonly userAgent: string;
}
