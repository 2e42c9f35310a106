import type { Findings } from './event.inquiry';

/** What is to be applied of an event, and when that was so. */
export interface Told {
  readonly findings: Findings;
  readonly asOf: Date;
}

/**
 * Parts what is applied in one transaction, where no lock keeps two from the same row: in a round everything is about
 * other orders, payments and mandates, and of those that are about the same the first come in an earlier round. Sorted,
 * so that two transactions lock their rows in one order.
 */
export function roundsOf(told: readonly Told[]): Told[][] {
  const latest = new Map<string, number>();
  const rounds: { place: string; one: Told }[][] = [];
  for (const one of told) {
    const subjects = subjectsOf(one.findings);
    const round = Math.max(-1, ...subjects.map((subject) => latest.get(subject) ?? -1)) + 1;
    for (const subject of subjects) latest.set(subject, round);
    (rounds[round] ??= []).push({ place: subjects.join(), one });
  }
  return rounds.map((round) => round.sort(byPlace).map(({ one }) => one));
}

/** In the order in which they are locked. */
function subjectsOf({ subscription, order, payment, link }: Findings): string[] {
  const ids = [
    subscription?.id,
    link.mandateGatewayId ?? link.invoice?.subscriptionId,
    order?.id,
    payment?.orderId,
    payment?.id,
  ];
  return [...new Set(ids)].filter((id) => typeof id === 'string');
}

function byPlace(a: { place: string }, b: { place: string }): number {
  return a.place < b.place ? -1 : Number(a.place > b.place);
}
