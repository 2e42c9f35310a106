/** What the gateway's plan of a tier's price is known by. */
export function planKeyOf(priceId: number): string {
  return `tier_price:${priceId}`;
}

/** The price of such a plan; undefined for another's. */
export function priceOfPlan(planKey: string): number | undefined {
  const id = /^tier_price:([1-9]\d{0,15})$/.exec(planKey)?.[1];
  return id === undefined ? undefined : Number(id);
}
