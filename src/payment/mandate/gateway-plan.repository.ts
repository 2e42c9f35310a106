import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { GatewayPlanRecord } from './gateway-plan.entity';

const PLAN = `select id, gateway_id as "gatewayId", plan_key as "planKey", name, amount, currency,
  created_at as "createdAt" from gateway_plan`;

const BY_KEY = statement('gateway-plan.by-key', `${PLAN} where plan_key = $1`);
const BY_GATEWAY_ID = statement('gateway-plan.by-gateway-id', `${PLAN} where gateway_id = $1`);

const ADD = `into gateway_plan (gateway_id, plan_key, name, amount, currency, created_at)
  values ($1, $2, $3, $4, $5, $6)`;
const ADD_ONCE = statement('gateway-plan.add', `insert ${ADD} on conflict do nothing`, `insert ignore ${ADD}`);

export type PlanRow = GatewayPlanRecord;

@Injectable()
export class GatewayPlanRepository {
  constructor(private readonly database: Database) {}

  byKey(planKey: string): Promise<PlanRow | undefined> {
    return this.database.first<PlanRow>(BY_KEY, [planKey]);
  }

  byGatewayId(gatewayId: string): Promise<PlanRow | undefined> {
    return this.database.first<PlanRow>(BY_GATEWAY_ID, [gatewayId]);
  }

  /** Changes nothing where the key, or the gateway's plan, is there. */
  async add(plan: Omit<PlanRow, 'id'>): Promise<void> {
    const { gatewayId, planKey, name, amount, currency, createdAt } = plan;
    await this.database.execute(ADD_ONCE, [gatewayId, planKey, name, amount, currency, createdAt]);
  }
}
