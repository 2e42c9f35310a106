import { Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { idColumn, longTextColumn, timestampColumn } from '../../infra/database/column-types';
import { Plugin } from './plugin.entity';

/** Somebody as one plugin knows them. */
@Entity('plugin_user')
@Unique('uq_plugin_user_sefaria_id', ['pluginId', 'sefariaId'])
export class PluginUser {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_plugin_user' })
  id: number;

  @ForeignKey(() => Plugin, { name: 'fk_plugin_user_plugin' })
  @Column({ ...idColumn, name: 'plugin_id' })
  pluginId: number;

  /** Decimal digits: the id at the site that made the token. A text, because nineteen digits don't fit a number. */
  @Column({ name: 'sefaria_id', type: 'varchar', length: 19 })
  sefariaId: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  name: string | null;

  /** A JSON object, kept as it was given: a JSON column would sort its members and refuse some texts. */
  @Column(longTextColumn)
  data: string;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;

  @Column({ ...timestampColumn, name: 'updated_at' })
  updatedAt: Date;
}
