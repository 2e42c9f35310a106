export interface MailMessage {
  readonly to: string;
  readonly subject: string;
  /** The first link in it is the one to follow. */
  readonly text: string;
  readonly html: string;
  /** Besides those that every mail has. */
  readonly headers?: Readonly<Record<string, string>>;
}
