export type Json = string | number | boolean | null | Json[] | { [member: string]: Json };
export type JsonObject = { [member: string]: Json };

/** Something that happened, told to whoever listens. Its class lives in its module's `events/`, in the past tense. */
export interface Fact {
  readonly topic: string;
  readonly payload: JsonObject;
}
