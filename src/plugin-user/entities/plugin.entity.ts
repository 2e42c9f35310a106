import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { idColumn, longTextColumn, timestampColumn } from '../../infra/database/column-types';

/** A program of somebody else's that keeps its users with us and knows them by encrypted ids. */
@Entity('plugin')
@Unique('uq_plugin_slug', ['slug'])
@Index('ix_plugin_owner', ['ownerId'])
export class Plugin {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_plugin' })
  id: number;

  /** Of a reserved plugin, see legacy-plugin.ts; null for every plugin that was registered. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  slug: string | null;

  /** The account that hears of its users; null: nobody does. */
  @Column({ ...idColumn, name: 'owner_id', nullable: true })
  ownerId: number | null;

  @Column({ type: 'varchar', length: 255 })
  name: string;

  @Column({ type: 'varchar', length: 2000 })
  description: string;

  @Column({ type: 'varchar', length: 2048 })
  url: string;

  @Column({ type: 'varchar', length: 2048 })
  image: string;

  /** JSON: the origins whose pages may call us in this plugin's name. */
  @Column({ ...longTextColumn, name: 'allowed_origins' })
  allowedOrigins: string;

  /** Seconds that a token of this plugin lives; null = for ever. */
  @Column({ name: 'token_ttl', type: 'int', nullable: true })
  tokenTtl: number | null;

  /** JSON: what its users' data must look like; null = any object. */
  @Column({ ...longTextColumn, name: 'user_schema', nullable: true })
  userSchema: string | null;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;

  @Column({ ...timestampColumn, name: 'updated_at' })
  updatedAt: Date;

  /** From then on the plugin is unknown to everybody but administrators. */
  @Column({ ...timestampColumn, name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
