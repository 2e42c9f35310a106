import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';

/** A key pair that clients encrypt sign-in bodies to (R16). All instances share them. */
@Entity('encryption_key')
@Index('uq_encryption_key_generation', ['generation'], { unique: true })
@Index('uq_encryption_key_kid', ['kid'], { unique: true })
export class EncryptionKey {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_encryption_key' })
  id: number;

  /** Counts from 1. Of two instances that make the same one at once, one wins and both use its key. */
  @Column({ type: 'int' })
  generation: number;

  /** The RFC 7638 thumbprint of the public key. */
  @Column({ type: 'varchar', length: 43 })
  kid: string;

  /** As published, JSON. */
  @Column({ ...longTextColumn, name: 'public_jwk' })
  publicJwk: string;

  /** PKCS #8, under FieldCipher. */
  @Column({ ...longTextColumn, name: 'private_key' })
  privateKey: string;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;

  /** From then on it is neither published nor does it decrypt. */
  @Column({ ...timestampColumn, name: 'retired_at', nullable: true })
  retiredAt: Date | null;
}
