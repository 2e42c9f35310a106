import { refused } from './api-error';
import type { Subscription } from './entities';
import {
  type Body,
  choiceOf,
  flagOf,
  integerFrom,
  integerOf,
  notesOf,
  requiredInteger,
  requiredText,
  textOf,
} from './input';
import type { SubscriptionChange, SubscriptionRow } from './store';
import type { SubscriptionLife } from './subscription.life';
import {
  cancelFault,
  cancelled,
  newLife,
  paused,
  pauseFault,
  resumed,
  resumeFault,
  updateFault,
} from './subscription.rules';
import type { SubscriptionUpdates } from './subscription.updates';
import type { World } from './world';

const MOST_CYCLES = 1200;

/** What `/v1/subscriptions` can be asked to do. */
export class SubscriptionCalls {
  constructor(
    private readonly world: World,
    private readonly life: SubscriptionLife,
    private readonly updates: SubscriptionUpdates,
  ) {}

  create(body: Body): Subscription {
    const { ids, clock, store, url } = this.world;
    const plan = store.plans.get(requiredText(body, 'plan_id')).wire;
    const total = requiredInteger(body, 'total_count', 1);
    if (total > MOST_CYCLES) throw refused(`The total count may not be greater than ${MOST_CYCLES}.`, 'total_count');
    const startAt = this.future(body, 'start_at');
    const id = ids.make('sub');
    const wire: Subscription = {
      id,
      entity: 'subscription',
      plan_id: plan.id,
      customer_id: null,
      status: 'created',
      current_start: null,
      current_end: null,
      ended_at: null,
      quantity: integerFrom(body, 'quantity', 1) ?? 1,
      notes: notesOf(body),
      charge_at: startAt,
      start_at: startAt,
      end_at: null,
      auth_attempts: 0,
      total_count: total,
      paid_count: 0,
      customer_notify: flagOf(body, 'customer_notify', true),
      created_at: clock.now(),
      expire_by: this.future(body, 'expire_by'),
      short_url: `${url}/checkout?subscription_id=${id}`,
      has_scheduled_changes: false,
      change_scheduled_at: null,
      source: 'api',
      offer_id: textOf(body, 'offer_id') ?? null,
      remaining_count: total,
    };
    const row: SubscriptionRow = {
      wire,
      life: newLife(total),
      plan,
      invoices: [],
      cycle: -1,
      endsAtCycle: false,
      card: 'ok',
      method: 'card',
      international: false,
    };
    store.subscriptions.add(row);
    this.life.apply(row, { life: row.life, events: [] });
    return wire;
  }

  cancel(row: SubscriptionRow, body: Body): Subscription {
    const atCycleEnd = flagOf(body, 'cancel_at_cycle_end', false);
    const fault = cancelFault(row.life, atCycleEnd);
    if (fault !== undefined) throw refused(fault, 'status');
    row.endsAtCycle = atCycleEnd;
    if (atCycleEnd) this.life.schedule(row);
    else this.life.end(row, cancelled(row.life));
    return row.wire;
  }

  pause(row: SubscriptionRow, body: Body): Subscription {
    choiceOf(body, 'pause_at', ['now'], 'now');
    const fault = pauseFault(row.life);
    if (fault !== undefined) throw refused(fault, 'status');
    const step = paused(row.life);
    if (step.life.status === 'cancelled') this.life.end(row, step);
    else {
      row.wire.paused_at = this.world.clock.now();
      row.wire.pause_initiated_by = 'self';
      this.life.apply(row, step);
    }
    return row.wire;
  }

  /** The cycles that passed meanwhile are neither billed nor counted. */
  resume(row: SubscriptionRow, body: Body): Subscription {
    choiceOf(body, 'resume_at', ['now'], 'now');
    const fault = resumeFault(row.life);
    if (fault !== undefined) throw refused(fault, 'status');
    while (this.life.begins(row, row.cycle + 1) <= this.world.clock.now()) row.cycle += 1;
    row.wire.pause_initiated_by = null;
    this.life.apply(row, resumed(row.life));
    return row.wire;
  }

  update(row: SubscriptionRow, body: Body): Subscription {
    const fault = updateFault(row.life, row.method, row.international);
    if (fault !== undefined) throw refused(fault);
    const when = choiceOf(body, 'schedule_change_at', ['now', 'cycle_end'], 'now');
    const change = this.changeOf(row, body);
    row.wire.customer_notify = flagOf(body, 'customer_notify', row.wire.customer_notify);
    if (when === 'now') {
      this.updates.now(row, change);
      return row.wire;
    }
    row.scheduled = change;
    row.wire.has_scheduled_changes = true;
    row.wire.change_scheduled_at = row.wire.current_end ?? row.wire.charge_at;
    return row.wire;
  }

  /** The subscription as it will be. */
  scheduled({ wire, scheduled }: SubscriptionRow): Subscription {
    if (scheduled === undefined) throw refused('No scheduled changes are present for the subscription.');
    return { ...wire, plan_id: scheduled.plan?.id ?? wire.plan_id, quantity: scheduled.quantity ?? wire.quantity };
  }

  cancelScheduled(row: SubscriptionRow): Subscription {
    if (row.scheduled === undefined) throw refused('No scheduled changes are present for the subscription.');
    row.scheduled = undefined;
    row.wire.has_scheduled_changes = false;
    row.wire.change_scheduled_at = null;
    return row.wire;
  }

  private changeOf(row: SubscriptionRow, body: Body): SubscriptionChange {
    const planId = textOf(body, 'plan_id');
    const plan = planId === undefined ? undefined : this.world.store.plans.get(planId).wire;
    const quantity = integerFrom(body, 'quantity', 1);
    const remaining = integerFrom(body, 'remaining_count', 1);
    if (plan === undefined && quantity === undefined && remaining === undefined) {
      throw refused('At least one of plan_id, quantity or remaining_count is required.');
    }
    if (plan && (plan.period !== row.plan.period || plan.interval !== row.plan.interval)) {
      throw refused('The new plan must have the billing period and interval of the old one.', 'plan_id');
    }
    return { plan, quantity, remaining };
  }

  private future(body: Body, field: 'start_at' | 'expire_by'): number | null {
    const moment = integerOf(body, field);
    if (moment === undefined) return null;
    if (moment <= this.world.clock.now()) {
      throw refused(`The ${field.replace('_', ' ')} must be a time in the future.`, field);
    }
    return moment;
  }
}
