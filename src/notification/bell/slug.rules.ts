/** django-notifications' disguise of an id: what old clients name a notification by. */
const DISGUISE = 110_909;

export function slugOf(id: number): number {
  return id + DISGUISE;
}

/** Undefined for what is the slug of nothing. */
export function idOfSlug(text: string): number | undefined {
  if (!/^[1-9]\d{0,15}$/.test(text)) return undefined;
  const id = Number(text) - DISGUISE;
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}
