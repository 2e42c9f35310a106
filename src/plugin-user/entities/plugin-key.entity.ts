import { Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { idColumn, timestampColumn } from '../../infra/database/column-types';
import { Plugin } from './plugin.entity';

/** One Fernet key of a plugin; the newest encrypts, all decrypt. A retired key is deleted. */
@Entity('plugin_key')
@Unique('uq_plugin_key_fingerprint', ['pluginId', 'fingerprint'])
export class PluginKey {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_plugin_key' })
  id: number;

  @ForeignKey(() => Plugin, { name: 'fk_plugin_key_plugin' })
  @Column({ ...idColumn, name: 'plugin_id' })
  pluginId: number;

  /** `keyFingerprint(key)`: tells keys apart without showing them. */
  @Column({ type: 'varchar', length: 16 })
  fingerprint: string;

  /** Encrypted; null for a key that the operator's settings hold. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  secret: string | null;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;

  /** Written at most every few minutes. */
  @Column({ ...timestampColumn, name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;
}
