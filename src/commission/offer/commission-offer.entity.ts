import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';

/** Work that a creator does for money. `taken` counts the orders that hold a slot. */
@Entity('commission_offer')
@Index('ix_commission_offer_creator', ['creatorId', 'id'])
@Check('ck_commission_offer_taken', 'taken >= 0 and (slots is null or taken <= slots)')
export class CommissionOffer {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_commission_offer' })
  id: number;

  @Column({ name: 'creator_id', type: 'bigint' })
  creatorId: number;

  @Column({ type: 'varchar', length: 200 })
  title: string;

  @Column({ ...longTextColumn })
  description: string;

  @Column({ ...longTextColumn })
  prices: string;

  @Column({ name: 'delivery_modes', ...longTextColumn })
  deliveryModes: string;

  @Column({ type: 'integer', nullable: true })
  slots: number | null;

  @Column({ type: 'integer', default: 0 })
  taken: number;

  @Column({ ...longTextColumn })
  terms: string;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ name: 'archived_at', ...timestampColumn, nullable: true })
  archivedAt: Date | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
