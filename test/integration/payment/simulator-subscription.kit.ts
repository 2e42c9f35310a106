import type { Json, TestSimulator } from './simulator.kit';

/** 5 February, 5 March, …: midnight in India, where every simulated month begins. */
export const MONTHS = [1, 2, 3, 4].map((month) => Date.UTC(2026, month, 4, 18, 30) / 1000);
export const [FEBRUARY = 0, MARCH = 0, APRIL = 0] = MONTHS;

/** What is asked of the simulator that a test runs with. */
export function subscriptionCalls(current: () => TestSimulator) {
  return {
    get: (id: string): Promise<Json> => current().get(`/v1/subscriptions/${id}`),
    invoices: async (id: string): Promise<Json[]> => (await current().get(`/v1/invoices?subscription_id=${id}`)).items,
    /** The id of a new one that is paid. */
    active: async (more: object = {}): Promise<string> => {
      const { id } = await current().subscribe(more);
      current().paid({ subscription_id: id });
      return id;
    },
    refusal: async (path: string, body?: object, method = 'POST'): Promise<string> => {
      const { status, body: answer } = await current().call(method, path, body);
      return `${status} ${answer.error?.description}`;
    },
  };
}
