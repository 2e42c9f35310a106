import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { Payment, type ParkedReason } from '../payment/payment.entity';

/** Money that is nobody's, what may tell whose it is, and to whom an administrator gave it. */
@Entity('parked_payment')
@Index('ix_parked_payment_assigned', ['assignedAt', 'paymentId'])
export class ParkedPayment {
  @PrimaryColumn({ name: 'payment_id', type: 'bigint', primaryKeyConstraintName: 'pk_parked_payment' })
  paymentId: number;

  @OneToOne(() => Payment, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'payment_id', foreignKeyConstraintName: 'fk_parked_payment_payment' })
  payment?: Relation<Payment>;

  @Column({ type: 'varchar', length: 24 })
  reason: ParkedReason;

  /** As the payer told the gateway, until it is somebody's; so is `contact`. */
  @Column({ type: 'varchar', length: 254, nullable: true })
  email: string | null;

  @Column({ name: 'email_key', type: 'varchar', length: 254, nullable: true })
  emailKey: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  contact: string | null;

  /** An account, or just a number: whom the payment's notes name. */
  @Column({ name: 'noted_creator_id', type: 'bigint', nullable: true })
  notedCreatorId: number | null;

  @Column({ name: 'assigned_to', type: 'bigint', nullable: true })
  assignedTo: number | null;

  @Column({ name: 'assigned_by', type: 'bigint', nullable: true })
  assignedBy: number | null;

  @Column({ name: 'assigned_reason', type: 'varchar', length: 500, nullable: true })
  assignedReason: string | null;

  @Column({ name: 'assigned_at', ...timestampColumn, nullable: true })
  assignedAt: Date | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;
}
