/** Ids are positive numbers that JavaScript can tell apart. */
const PLUGIN_ID = /^[1-9][0-9]{0,15}$/;

/** The id a client names, or undefined when it is no id at all and so nobody's. */
export function pluginIdOf(text: string): number | undefined {
  const id = PLUGIN_ID.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(id) ? id : undefined;
}
