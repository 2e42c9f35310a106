import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { Tier } from './tier.entity';

@Entity('tier_price')
@Unique('uq_tier_price_version', ['tierId', 'currency', 'version'])
@Unique('uq_tier_price_current', ['tierId', 'currentSlot'])
@Check('ck_tier_price_amount', 'amount >= 100')
export class TierPrice {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_tier_price' })
  id: number;

  @Column({ name: 'tier_id', type: 'bigint' })
  tierId: number;

  @ManyToOne(() => Tier, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'tier_id', foreignKeyConstraintName: 'fk_tier_price_tier' })
  tier?: Relation<Tier>;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ type: 'bigint' })
  amount: number;

  @Column({ type: 'integer' })
  version: number;

  @Column({ name: 'current_slot', type: 'varchar', length: 3, nullable: true })
  currentSlot: string | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'replaced_at', ...timestampColumn, nullable: true })
  replacedAt: Date | null;
}
