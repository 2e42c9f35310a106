import './infra/config/production-flag';
import 'reflect-metadata';
import { run } from './server';

void run();
